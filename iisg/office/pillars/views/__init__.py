"""Pages of focal points: the member's by its link, the list, the Secretariat's."""
