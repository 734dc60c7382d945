#compdef headroom-cli
source <(headroom-cli completion zsh)
