"""Cases as people read them: a request, a proceeding, what happened, what may come next.

View models over projections and log, shared by the command line and the pages. Nothing is printed
or laid out here, and nothing is changed. Personal data is opened only where a caller asks for it;
who may see it, and that it was seen, is the caller's business.
"""
