"""Capabilities, each spoken in the characteristics of a HomeKit service."""
