"""Seats 学位: supply, demand, gap and warning; capacity that moves between stages over the wave.

Nothing is drawn here: `reports` does that.
"""
