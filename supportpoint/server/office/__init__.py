"""The pages of an agency: inbox, case, supplement request, decision. Every query goes through `scope`."""
