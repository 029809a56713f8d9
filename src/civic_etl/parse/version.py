"""The version of the parser, kept with every article it read."""

# Raised when the same bytes may give another article; articles read by another version are read again.
PARSER_VERSION = "1"
