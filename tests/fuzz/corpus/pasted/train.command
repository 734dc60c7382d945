ARGS=(--lora_rank 16 "--max_length 2048")
torchrun --nproc_per_node 4 train.py --model_name_or_path x/y --bf16 True ${ARGS[@]}
