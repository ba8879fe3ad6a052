"""Run students' work where it can do no harm, and bring back plain values. See `contract` for what is asked and answered."""
