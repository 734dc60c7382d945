lm_eval --model vllm --model_args pretrained=Qwen/Qwen2.5-7B-Instruct,tensor_parallel_size=2,dtype=bfloat16,gpu_memory_utilization=0.8,max_model_len=4096 --tasks gsm8k --batch_size auto
