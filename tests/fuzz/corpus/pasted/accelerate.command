MODEL="/tmp/pretrain_model"

accelerate launch \
    --config_file ac_config.yaml \
    src/train_bash.py \
    --stage sft \
    --do_train \
    --model_name_or_path $MODEL \
    --dataset evol_instruct_code_80k \
    --template deepseekcoder \
    --finetuning_type lora \
    --lora_target q_proj,v_proj \
    --output_dir /tmp/finetuned_model \
    --cutoff_len 8192 \
    --per_device_train_batch_size 2 \
    --lr_scheduler_type cosine \
    --learning_rate 5e-5 \
    --fp16 \
    --report_to wandb
