"""The calendar feed: a person's dates for their own calendar programme, by a secret link."""
