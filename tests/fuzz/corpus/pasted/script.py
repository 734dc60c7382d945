from unsloth import FastLanguageModel
N = 2
m, t = FastLanguageModel.from_pretrained("unsloth/Llama-3.1-8B", max_seq_length=N * 1024, load_in_4bit=True)
m = FastLanguageModel.get_peft_model(m, r=16, target_modules=["q_proj"], **dict(use_dora=False))
args = SFTConfig(per_device_train_batch_size=2, optim="adamw_8bit")
