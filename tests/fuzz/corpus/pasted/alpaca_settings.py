My T4 runs out of memory:

MICRO_BATCH_SIZE = 4  # I like powers of 2
BATCH_SIZE = 8
CUTOFF_LEN = 256
LORA_R = 16
TARGET_MODULES = [
    "q_proj",
    "v_proj",
]
