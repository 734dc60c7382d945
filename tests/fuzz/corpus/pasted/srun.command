#!/bin/bash

#SBATCH -N 2 #num nodes
#SBATCH --ntasks-per-node=1 #one task per node for torchrun
#SBATCH --gpus-per-node=4  
#SBATCH -c 8 #cpus per task
#SBATCH --mem=256G #per node

module load mamba/latest
source activate swift

export MASTER_PORT=$(( 29500 + RANDOM % 1000 ))
export MASTER_ADDR=$(scontrol show hostnames $SLURM_JOB_NODELIST | head -n 1)
export NNODES=2
export NPROC_PER_NODE=4
export MAX_PIXELS=401408

echo "========== JOB CONFIGURATION =========="
srun --jobid $SLURM_JOBID bash -c 'NODE_RANK=$SLURM_NODEID swift rlhf \
    --rlhf_type dpo \
    --model Qwen/Qwen2.5-Omni-7B \
    --dataset data.jsonl \
    --train_type full \
    --freeze_vit true \
    --torch_dtype bfloat16 \
    --per_device_train_batch_size 1 \
    --gradient_accumulation_steps 16 \
    --max_length 4096 \
    --deepspeed zero3'
