"""Random agency-years and an independent reckoning of their annual tables.

An oracle for the engine: everything here is written from the text of the law (条例, the format
of the annual report, the fee measures) and from the outside contract alone. Nothing of the
decider or of the projections is imported, so that a mistake there is not copied here; only the
working-day calendar is shared, which is checked elsewhere.
"""
