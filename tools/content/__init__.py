"""Refresh what is derived: tables, hashes, stored outputs, pictures, the glossary and its links."""
