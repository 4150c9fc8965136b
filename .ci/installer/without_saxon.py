"""facturx imports a hundred megabytes for a check that the program never asks it for."""

import sys
import types

sys.modules["saxonche"] = types.ModuleType("saxonche")
