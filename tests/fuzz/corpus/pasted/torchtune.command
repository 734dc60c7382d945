tune run --nproc_per_node 4 full_finetune_distributed --config llama3/8B_full batch_size=2 enable_activation_checkpointing=False
