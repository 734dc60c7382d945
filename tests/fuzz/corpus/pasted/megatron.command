PYTORCH_CUDA_ALLOC_CONF='expandable_segments:True' \
NPROC_PER_NODE=8 \
CUDA_VISIBLE_DEVICES=0,1,2,3,4,5,6,7 \
megatron sft \
    --load Qwen3-32B-mcore \
    --dataset xxx \
    --train_type lora \
    --sequence_parallel true \
    --lora_rank 64 \
    --lora_alpha 8 \
    --target_modules all-linear \
    --tensor_model_parallel_size 4 \
    --micro_batch_size 2 \
    --global_batch_size 32 \
    --recompute_granularity full \
    --recompute_method uniform \
    --recompute_num_layers 1 \
    --cross_entropy_loss_fusion true \
    --max_length 2048
