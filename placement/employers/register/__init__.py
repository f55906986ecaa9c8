"""The open data of the company register (PRH and YTJ): optional, remembered, never waited for long."""
