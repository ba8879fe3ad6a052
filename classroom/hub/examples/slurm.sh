#!/bin/bash
# Marks a class in eight parts on a cluster:  sbatch slurm.sh ps1 ~/my-course
#SBATCH --array=1-8
#SBATCH --cpus-per-task=2
#SBATCH --mem=2G
#SBATCH --time=01:00:00
set -eu
cd "${COURSE:-/srv/course}"
.venv/bin/python -m classroom grade "$1" --course "$2" --submissions "$2/submitted" \
    --part "$SLURM_ARRAY_TASK_ID/8" --out "$2/parts/$SLURM_ARRAY_TASK_ID"
# When all are done:  python -m classroom grade ps1 --course … --submissions … --roster … --gather ~/my-course/parts/*
