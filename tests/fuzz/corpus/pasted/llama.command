llama-server -hf org/model:Q4_K_M -c 32768 -ngl 99 -fa on -ctk q8_0 -ctv q8_0 -ub 512 --n-cpu-moe 12
