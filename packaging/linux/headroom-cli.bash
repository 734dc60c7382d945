# The program knows its own options.
source <(headroom-cli completion bash)
