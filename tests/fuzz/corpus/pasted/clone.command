git clone https://huggingface.co/acme/tiny
