"""The documents of a request (文书): what each says, from templates, as Word and PDF files."""
