"""The leaflets and the Prefect of the flow's tests."""

from tests.flows.conftest import _prefect, leaflets, prefect

__all__ = ["_prefect", "leaflets", "prefect"]
