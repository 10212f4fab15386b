"""What is made of what the cameras see: incidents, alerts, answers. No pixels are touched here."""
