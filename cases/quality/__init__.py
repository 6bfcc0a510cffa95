"""Quality assurance by an appropriate body: what is drawn from, who may look, and what each side sees of it."""
