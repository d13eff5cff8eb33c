"""The annual report (政府信息公开工作年度报告): from figures to the published document.

Tables, identities, narrative and renderers live here; where the figures come from does not: this
room knows `disclosure` for the codes of table three and nothing else of ours.
"""
