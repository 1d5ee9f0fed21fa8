"""Names that the tables and those who fill or read them have in common.

Input: nothing. Output: tuples of names. Grain: one name. Nothing here raises, and nothing but the
standard library is imported: the scorer starts without pandera.
"""

from __future__ import annotations

# Values of `minimum_requirements.requirement`, in printed order.
REQUIREMENTS = ("english", "chinese", "mathematics", "citizenship", "elective_1", "elective_2")
# Flags of `study_options`, and the meanings of the remarks that set them.
MAJORS = ("ai_major", "digital_media_major", "sustainability_major")
# The extended part of Mathematics: one applicant has at most one of them.
MODULES = ("M1", "M2")
