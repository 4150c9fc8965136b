"""The Customer Portal as it is served: one small set of pages for contacts with access, beside the office (VT-177).

No script runs in them and nothing is fetched from elsewhere. What a page shows comes through a `Visitor` alone.
"""
