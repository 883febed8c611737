"""What a text is about and how it says it: topic, urgency, polarity, stance and emotion, with the evidence."""
