"""Pupils and seats to come, drawn and tabled: the chapter 学位供需预测 and a report of its own."""

from jiaoheng.reports.seats.prospect import LEVELS, SEATS, Fall, Part, Prospect

__all__ = ["LEVELS", "SEATS", "Fall", "Part", "Prospect"]
