"""The window: Qt widgets over queries and services."""
