"""A child process with limits for each document.

jobs     what is to be read, under which limits; how it ended
warm     the process that forks the children, seen from the program
child    that process itself
"""
