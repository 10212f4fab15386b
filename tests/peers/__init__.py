"""Third-party devices and services, started for tests from ordinary packages."""
