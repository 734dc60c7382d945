NPROC_PER_NODE=4 \
CUDA_VISIBLE_DEVICES=1,2,3,4 \
swift sft \
    --model /data/model/Qwen3-8B \
    --train_type lora \
    --dataset /data/tj_reli_prepared.json \
    --torch_dtype bfloat16 \
    --per_device_train_batch_size 8 \
    --gradient_accumulation_steps 8 \
    --max_length 8192 \
    --deepspeed zero3 \
    --packing true \
    --attn_impl flash_attn \
    --save_only_model true
