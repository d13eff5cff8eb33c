"""The audit of annual reports (政府信息公开工作年度报告) as the public sees them, ours or anyone's.

Readers turn a file of any format into blocks (`audit.source`); the form is recognised in them by
its labels (`audit.published` is what comes out); rules hold figures and sentences against each
other. Nothing is guessed: what cannot be read with certainty is said to be unreadable.

This room knows `reporting` for the form and its identities, and neither log nor engine.
"""
