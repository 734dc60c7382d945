headroom-cli completion fish | source
