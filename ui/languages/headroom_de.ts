<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Charts</name>
    <message>
        <source>memory of each kind of device, stacked by component</source>
        <translation>Speicher jeder Geräteart, nach Komponenten gestapelt</translation>
    </message>
    <message>
        <source>the fullest device through the moments of one training step</source>
        <translation>das vollste Gerät über die Momente eines Trainingsschritts</translation>
    </message>
    <message>
        <source>the fullest device as one wide bar</source>
        <translation>das vollste Gerät als ein breiter Balken</translation>
    </message>
    <message>
        <source>KV cache against context, and where it is full</source>
        <translation>KV-Cache über dem Kontext, und wo er voll ist</translation>
    </message>
    <message>
        <source>the scenario on other devices, with verdicts and limits</source>
        <translation>das Szenario auf anderen Geräten, mit Urteilen und Grenzen</translation>
    </message>
    <message>
        <source>the document&apos;s scenarios side by side, with verdicts and limits</source>
        <translation>die Szenarien des Dokuments nebeneinander, mit Urteilen und Grenzen</translation>
    </message>
    <message>
        <source>a component of the document&apos;s scenarios against the context</source>
        <translation>eine Komponente der Szenarien des Dokuments über dem Kontext</translation>
    </message>
    <message>
        <source>the breakdown of each device side by side</source>
        <translation>die Aufschlüsselung jedes Geräts nebeneinander</translation>
    </message>
    <message>
        <source>what the scenario comes to over the values of a field</source>
        <translation>was das Szenario über die Werte eines Feldes ergibt</translation>
    </message>
    <message>
        <source>what is left at every pair of values of two fields, and where it ends</source>
        <translation>was bei jedem Wertepaar zweier Felder übrig bleibt, und wo es endet</translation>
    </message>
    <message>
        <source>the layouts of a fleet that nothing beats: memory over devices</source>
        <translation>die Aufteilungen eines Geräteparks, die nichts schlägt: Speicher über Geräten</translation>
    </message>
    <message>
        <source>what was predicted for real runs against what they printed</source>
        <translation>was für echte Läufe vorhergesagt wurde, gegen das, was sie ausgaben</translation>
    </message>
</context>
<context>
    <name>InputPanel</name>
    <message>
        <source>On this machine</source>
        <translation>Auf diesem Rechner</translation>
    </message>
    <message>
        <source>Open model…</source>
        <translation>Modell öffnen…</translation>
    </message>
    <message>
        <source>A file, a folder, a hub id, an address or JSON text</source>
        <translation>Eine Datei, ein Ordner, eine Hub-ID, eine Adresse oder JSON-Text</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Etwas anderes</translation>
    </message>
    <message>
        <source>Precision details</source>
        <translation>Präzision im Einzelnen</translation>
    </message>
    <message>
        <source>Engine &amp;&amp; runtime</source>
        <translation>Engine &amp;&amp; Laufzeit</translation>
    </message>
    <message>
        <source>Adapters, drafts &amp;&amp; images</source>
        <translation>Adapter, Drafts &amp;&amp; Bilder</translation>
    </message>
    <message>
        <source>Engine options</source>
        <translation>Engine-Optionen</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Training step in detail</source>
        <translation>Trainingsschritt im Einzelnen</translation>
    </message>
    <message>
        <source>Preference &amp;&amp; reinforcement</source>
        <translation>Präferenz &amp;&amp; Reinforcement</translation>
    </message>
    <message>
        <source>Parallelism</source>
        <translation>Parallelität</translation>
    </message>
    <message>
        <source>Sharding in detail</source>
        <translation>Sharding im Einzelnen</translation>
    </message>
    <message>
        <source>Reserve &amp;&amp; offload</source>
        <translation>Reserve &amp;&amp; Auslagerung</translation>
    </message>
</context>
<context>
    <name>QMessageBox</name>
    <message>
        <source>Unsaved changes</source>
        <translation>Ungespeicherte Änderungen</translation>
    </message>
    <message>
        <source>Save the changes to “%1”?</source>
        <translation>Änderungen an „%1“ speichern?</translation>
    </message>
    <message>
        <source>The file was changed</source>
        <translation>Die Datei wurde geändert</translation>
    </message>
    <message>
        <source>Another program changed “%1” since it was read. Saving replaces what it wrote.</source>
        <translation>Ein anderes Programm hat „%1“ seit dem Lesen geändert. Speichern ersetzt, was es geschrieben hat.</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter…</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation>&amp;Verwerfen</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
</context>
<context>
    <name>Story</name>
    <message>
        <source>How many users fit on an 80 GB card?</source>
        <translation>Wie viele Nutzer passen auf eine 80-GB-Karte?</translation>
    </message>
    <message>
        <source>Llama 3.1 8B in vLLM, 8K tokens each, from one user to a hundred. The weights stay what they are; watch the KV cache pass them, and what an fp8 cache gives back.</source>
        <translation>Llama 3.1 8B in vLLM, je 8K Token, von einem Nutzer bis zu hundert. Die Gewichte bleiben, wie sie sind; der KV-Cache zieht an ihnen vorbei, und ein fp8-Cache gibt einiges zurück.</translation>
    </message>
    <message>
        <source>LoRA, QLoRA or all of it?</source>
        <translation>LoRA, QLoRA oder alles?</translation>
    </message>
    <message>
        <source>Qwen2.5-7B trained four ways on the same card. Full training pays for gradients and two moments of every weight; adapters pay for activations, and checkpointing takes those too.</source>
        <translation>Qwen2.5-7B auf vier Arten auf derselben Karte trainiert. Volles Training zahlt für Gradienten und zwei Momente je Gewicht; Adapter zahlen für Aktivierungen, und Checkpointing nimmt auch die.</translation>
    </message>
    <message>
        <source>From naive to quantized serving</source>
        <translation>Vom naiven zum quantisierten Serving</translation>
    </message>
    <message>
        <source>Qwen2.5-7B for four users on a 24 GB card: fp32 as it comes, bf16, an engine with a pool, 4-bit weights, an fp8 cache. Each step is one scenario; compare their bars.</source>
        <translation>Qwen2.5-7B für vier Nutzer auf einer 24-GB-Karte: fp32 wie geliefert, bf16, eine Engine mit Pool, 4-Bit-Gewichte, ein fp8-Cache. Jeder Schritt ist ein Szenario; ihre Balken zeigen den Unterschied.</translation>
    </message>
    <message>
        <source>Deep and thin, or shallow and wide?</source>
        <translation>Tief und schmal, oder flach und breit?</translation>
    </message>
    <message>
        <source>Three models of about the same number of parameters. Weights agree; the KV cache grows with layers × width, so that the deep one needs twice the cache of the wide one.</source>
        <translation>Drei Modelle mit etwa gleich vielen Parametern. Die Gewichte gleichen sich; der KV-Cache wächst mit Schichten × Breite, sodass das tiefe den doppelten Cache des breiten braucht.</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>Fits</source>
        <translation>Passt</translation>
    </message>
    <message>
        <source>Fits as modelled</source>
        <translation>Passt wie modelliert</translation>
    </message>
    <message>
        <source>Tight</source>
        <translation>Knapp</translation>
    </message>
    <message>
        <source>Does not fit</source>
        <translation>Passt nicht</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>%1 unless asked</source>
        <translation>%1, wenn nichts gesagt ist</translation>
    </message>
    <message>
        <source>8192 tokens, or the model&apos;s maximum</source>
        <translation>8192 Token, oder das Maximum des Modells</translation>
    </message>
    <message>
        <source>AdamW unless asked</source>
        <translation>AdamW, wenn nichts gesagt ist</translation>
    </message>
    <message>
        <source>DDP keeps its buckets either way</source>
        <translation>DDP behält seine Buckets so oder so</translation>
    </message>
    <message>
        <source>DeepSpeed&apos;s stages 2 and 3 reduce every micro-batch</source>
        <translation>DeepSpeeds Stufen 2 und 3 reduzieren jeden Micro-Batch</translation>
    </message>
    <message>
        <source>FSDP and DeepSpeed cast parameters themselves</source>
        <translation>FSDP und DeepSpeed wandeln Parameter selbst um</translation>
    </message>
    <message>
        <source>LM Studio serves with two engines: say &apos;mlx&apos; for its MLX runtime, &apos;llama.cpp&apos; for its GGUF runtime.</source>
        <translation>LM Studio führt mit zwei Engines aus: &apos;mlx&apos; für die MLX-Laufzeit, &apos;llama.cpp&apos; für die GGUF-Laufzeit.</translation>
    </message>
    <message>
        <source>LitGPT quantizes by bitsandbytes alone: nf4, nf4-dq, fp4 and int8</source>
        <translation>LitGPT quantisiert nur mit bitsandbytes: nf4, nf4-dq, fp4 und int8</translation>
    </message>
    <message>
        <source>Llama recipes quantize by bitsandbytes alone, in 4 or 8 bits</source>
        <translation>Llama Recipes quantisiert nur mit bitsandbytes, in 4 oder 8 Bit</translation>
    </message>
    <message>
        <source>MLX has backends for Metal and CUDA only</source>
        <translation>MLX hat nur Backends für Metal und CUDA</translation>
    </message>
    <message>
        <source>MLX is made for Apple silicon; its CUDA backend (mlx[cuda12], Linux) has an allocator of its own, and is counted by the rules of Metal</source>
        <translation>MLX ist für Apple Silicon gemacht; sein CUDA-Backend (mlx[cuda12], Linux) hat einen eigenen Allocator und ist nach den Regeln von Metal gerechnet</translation>
    </message>
    <message>
        <source>Megatron-Core steps with a fused Adam</source>
        <translation>Megatron-Core rechnet mit verschmolzenem Adam</translation>
    </message>
    <message>
        <source>Megatron-LM&apos;s --fp8-param-gather keeps them</source>
        <translation>--fp8-param-gather von Megatron-LM hält sie</translation>
    </message>
    <message>
        <source>Megatron-LM&apos;s distributed optimizer</source>
        <translation>der verteilte Optimizer von Megatron-LM</translation>
    </message>
    <message>
        <source>Ollama loads GGUF files</source>
        <translation>Ollama lädt GGUF-Dateien</translation>
    </message>
    <message>
        <source>PEFT leaves checkpointing to its caller (0.21)</source>
        <translation>PEFT überlässt Checkpointing dem Aufrufer (0.21)</translation>
    </message>
    <message>
        <source>PEFT&apos;s recipe calls prepare_model_for_kbit_training</source>
        <translation>PEFTs Rezept ruft prepare_model_for_kbit_training auf</translation>
    </message>
    <message>
        <source>PPO alone trains a critic</source>
        <translation>nur PPO trainiert einen Critic</translation>
    </message>
    <message>
        <source>SGLang&apos;s caches are fp8, mxfp8, or 4 bit in mxfp4 and nvfp4</source>
        <translation>SGLangs Caches sind fp8, mxfp8, oder 4 Bit in mxfp4 und nvfp4</translation>
    </message>
    <message>
        <source>SHARD_GRAD_OP keeps weights gathered</source>
        <translation>SHARD_GRAD_OP behält gesammelte Gewichte</translation>
    </message>
    <message>
        <source>TensorRT-LLM has fp8, nvfp4, mxfp4, int8, int4, AWQ and GPTQ</source>
        <translation>TensorRT-LLM hat fp8, nvfp4, mxfp4, int8, int4, AWQ und GPTQ</translation>
    </message>
    <message>
        <source>TensorRT-LLM&apos;s caches are fp8, int8 and nvfp4</source>
        <translation>TensorRT-LLMs Caches sind fp8, int8 und nvfp4</translation>
    </message>
    <message>
        <source>The training steps of MLX are not accounted for: lazy evaluation and Metal&apos;s buffers follow rules of their own. Its adapters are: workload &apos;inference&apos; with &apos;lora&apos;.</source>
        <translation>Die Trainingsschritte von MLX sind nicht gerechnet: verzögerte Auswertung und Metals Puffer folgen eigenen Regeln. Seine Adapter schon: Aufgabe &apos;inference&apos; mit &apos;lora&apos;.</translation>
    </message>
    <message>
        <source>Transformer Engine&apos;s quantized_model_init keeps them</source>
        <translation>quantized_model_init von Transformer Engine hält sie</translation>
    </message>
    <message>
        <source>TransformerEngine&apos;s norms</source>
        <translation>Norms von TransformerEngine</translation>
    </message>
    <message>
        <source>ZeRO is DeepSpeed&apos;s</source>
        <translation>ZeRO gehört zu DeepSpeed</translation>
    </message>
    <message>
        <source>a pasted log</source>
        <translation>ein eingefügtes Log</translation>
    </message>
    <message>
        <source>a server computes in fp32, bf16 or fp16, however narrow its weights are</source>
        <translation>ein Server rechnet in fp32, bf16 oder fp16, wie schmal die Gewichte auch sind</translation>
    </message>
    <message>
        <source>a step has one micro-batch</source>
        <translation>ein Schritt hat einen Micro-Batch</translation>
    </message>
    <message>
        <source>a step per micro-batch</source>
        <translation>ein Schritt je Micro-Batch</translation>
    </message>
    <message>
        <source>a training step keeps no KV cache</source>
        <translation>ein Trainingsschritt hält keinen KV-Cache</translation>
    </message>
    <message>
        <source>adamw_torch_fused is taken with torch 2.8 or newer only</source>
        <translation>adamw_torch_fused gilt erst ab torch 2.8</translation>
    </message>
    <message>
        <source>adapters alone are trained unless asked</source>
        <translation>ohne Angabe werden nur Adapter trainiert</translation>
    </message>
    <message>
        <source>adapters are in their block&apos;s unit</source>
        <translation>Adapter sind in der Einheit ihres Blocks</translation>
    </message>
    <message>
        <source>all linear layers unless asked</source>
        <translation>alle linearen Schichten, wenn nichts gesagt ist</translation>
    </message>
    <message>
        <source>all of the device may be used</source>
        <translation>das ganze Gerät darf genutzt werden</translation>
    </message>
    <message>
        <source>around the unit</source>
        <translation>um die Einheit</translation>
    </message>
    <message>
        <source>as large as the policy: trl/trainer (1.10)</source>
        <translation>so groß wie die Policy: trl/trainer (1.10)</translation>
    </message>
    <message>
        <source>as many as are held</source>
        <translation>so viele, wie gehalten werden</translation>
    </message>
    <message>
        <source>as the checkpoint stores them</source>
        <translation>wie der Checkpoint sie speichert</translation>
    </message>
    <message>
        <source>batches are padded to their longest sample</source>
        <translation>Batches werden bis zum längsten Beispiel aufgefüllt</translation>
    </message>
    <message>
        <source>blocks are checkpointed before they are sharded</source>
        <translation>Blöcke werden vor dem Sharding gecheckpointet</translation>
    </message>
    <message>
        <source>bnb_4bit_use_double_quant on unless turned off</source>
        <translation>bnb_4bit_use_double_quant an, wenn nicht abgeschaltet</translation>
    </message>
    <message>
        <source>checkpointing is not selective</source>
        <translation>Checkpointing ist nicht selektiv</translation>
    </message>
    <message>
        <source>devices take shares by their free memory</source>
        <translation>Geräte bekommen Anteile nach freiem Speicher</translation>
    </message>
    <message>
        <source>distillation alone has a teacher</source>
        <translation>nur Destillation hat einen Lehrer</translation>
    </message>
    <message>
        <source>each device gets whole layers</source>
        <translation>jedes Gerät bekommt ganze Schichten</translation>
    </message>
    <message>
        <source>embedding, blocks, norm+head</source>
        <translation>Embedding, Blöcke, Norm+Kopf</translation>
    </message>
    <message>
        <source>every backward reduces unless told otherwise</source>
        <translation>jeder Backward reduziert, wenn nichts anderes gesagt ist</translation>
    </message>
    <message>
        <source>every block is a unit</source>
        <translation>jeder Block ist eine Einheit</translation>
    </message>
    <message>
        <source>every layer is split over the devices</source>
        <translation>jede Schicht wird über die Geräte geteilt</translation>
    </message>
    <message>
        <source>every layer that is recomputed</source>
        <translation>jede neu berechnete Schicht</translation>
    </message>
    <message>
        <source>every micro-batch is as long as the context</source>
        <translation>jeder Micro-Batch ist so lang wie der Kontext</translation>
    </message>
    <message>
        <source>every rank keeps everything</source>
        <translation>jeder Rank hält alles</translation>
    </message>
    <message>
        <source>full training has no adapters</source>
        <translation>volles Training hat keine Adapter</translation>
    </message>
    <message>
        <source>fully_shard keeps parameters</source>
        <translation>fully_shard behält Parameter</translation>
    </message>
    <message>
        <source>ggml has no backend for Neuron</source>
        <translation>ggml hat kein Backend für Neuron</translation>
    </message>
    <message>
        <source>ggml has no backend for TPU</source>
        <translation>ggml hat kein Backend für TPU</translation>
    </message>
    <message>
        <source>ggml&apos;s block formats are llama.cpp&apos;s</source>
        <translation>ggmls Blockformate gehören zu llama.cpp</translation>
    </message>
    <message>
        <source>gradients are not clipped unless asked</source>
        <translation>Gradienten werden ohne Angabe nicht begrenzt</translation>
    </message>
    <message>
        <source>inside the unit</source>
        <translation>in der Einheit</translation>
    </message>
    <message>
        <source>it belongs to FSDP1</source>
        <translation>es gehört zu FSDP1</translation>
    </message>
    <message>
        <source>it belongs to FSDP2</source>
        <translation>es gehört zu FSDP2</translation>
    </message>
    <message>
        <source>it belongs to ZeRO&apos;s stage 3</source>
        <translation>es gehört zu ZeROs Stufe 3</translation>
    </message>
    <message>
        <source>it belongs to ZeRO&apos;s stages 1 and 2</source>
        <translation>es gehört zu ZeROs Stufen 1 und 2</translation>
    </message>
    <message>
        <source>it belongs to plain data parallelism</source>
        <translation>es gehört zu einfacher Datenparallelität</translation>
    </message>
    <message>
        <source>it belongs to serving, and this is training</source>
        <translation>es gehört zum Serving, und dies ist Training</translation>
    </message>
    <message>
        <source>it belongs to training, and this is serving</source>
        <translation>es gehört zum Training, und dies ist Serving</translation>
    </message>
    <message>
        <source>it has no Metal backend: on Apple silicon it runs on the CPU (vllm-metal is another program)</source>
        <translation>kein Metal-Backend: auf Apple Silicon läuft es auf der CPU (vllm-metal ist ein anderes Programm)</translation>
    </message>
    <message>
        <source>it has no backend for Neuron</source>
        <translation>kein Backend für Neuron</translation>
    </message>
    <message>
        <source>it is a format of caches</source>
        <translation>es ist ein Format für Caches</translation>
    </message>
    <message>
        <source>it is a format of vLLM&apos;s caches</source>
        <translation>es ist ein Format von vLLMs Caches</translation>
    </message>
    <message>
        <source>it loads GGUF files, which have formats of their own</source>
        <translation>es lädt GGUF-Dateien, die eigene Formate haben</translation>
    </message>
    <message>
        <source>it makes the host wait and allocates nothing else</source>
        <translation>es lässt den Host warten und belegt sonst nichts</translation>
    </message>
    <message>
        <source>it runs on NVIDIA devices only</source>
        <translation>es läuft nur auf NVIDIA-Geräten</translation>
    </message>
    <message>
        <source>it scales what adapters add and takes no memory</source>
        <translation>es skaliert, was Adapter beitragen, und braucht keinen Speicher</translation>
    </message>
    <message>
        <source>it serves and does not train; the settings name what is estimated instead</source>
        <translation>es liefert aus und trainiert nicht; die Einstellungen nennen, was stattdessen geschätzt ist</translation>
    </message>
    <message>
        <source>it trains and does not serve; the settings name what is estimated instead</source>
        <translation>es trainiert und liefert nicht aus; die Einstellungen nennen, was stattdessen geschätzt ist</translation>
    </message>
    <message>
        <source>it writes GGUF tensors out into plain floats as it loads them</source>
        <translation>es schreibt GGUF-Tensoren beim Laden in einfache Gleitkommazahlen aus</translation>
    </message>
    <message>
        <source>its XPU backend&apos;s memory is not on record; it is counted by the rules of CUDA</source>
        <translation>der Speicher seines XPU-Backends ist nicht verzeichnet; gerechnet ist nach den Regeln von CUDA</translation>
    </message>
    <message>
        <source>its cache is quantized in groups of int4 or int8</source>
        <translation>sein Cache wird in Gruppen von int4 oder int8 quantisiert</translation>
    </message>
    <message>
        <source>its cache takes ggml&apos;s formats</source>
        <translation>sein Cache nimmt ggmls Formate</translation>
    </message>
    <message>
        <source>its trainer is patched, and does what the engine&apos;s own code does</source>
        <translation>sein Trainer ist gepatcht und tut, was der Code der Engine tut</translation>
    </message>
    <message>
        <source>kv_cache_memory_bytes says how large the pool is</source>
        <translation>kv_cache_memory_bytes sagt, wie groß der Pool ist</translation>
    </message>
    <message>
        <source>latent attention caches its latent</source>
        <translation>latente Attention cacht ihr Latentes</translation>
    </message>
    <message>
        <source>llama.cpp&apos;s kernels compute in formats of their own</source>
        <translation>llama.cpps Kernels rechnen in eigenen Formaten</translation>
    </message>
    <message>
        <source>loaded in the dtype that is asked for (precision.compute)</source>
        <translation>geladen im gefragten dtype (precision.compute)</translation>
    </message>
    <message>
        <source>logits are gathered</source>
        <translation>Logits werden gesammelt</translation>
    </message>
    <message>
        <source>logits go with the loss</source>
        <translation>Logits gehen mit dem Loss</translation>
    </message>
    <message>
        <source>mlx_lm.convert makes affine groups (int4, int8), mxfp4, nvfp4 and mxfp8</source>
        <translation>mlx_lm.convert macht affine Gruppen (int4, int8), mxfp4, nvfp4 und mxfp8</translation>
    </message>
    <message>
        <source>neither scenario nor configuration says</source>
        <translation>weder Szenario noch Konfiguration sagt es</translation>
    </message>
    <message>
        <source>no cache is filled</source>
        <translation>kein Cache wird gefüllt</translation>
    </message>
    <message>
        <source>no capacity is compared</source>
        <translation>keine Kapazität wird verglichen</translation>
    </message>
    <message>
        <source>no copies unless asked</source>
        <translation>keine Kopien, wenn nichts gesagt ist</translation>
    </message>
    <message>
        <source>no engine was named</source>
        <translation>keine Engine wurde genannt</translation>
    </message>
    <message>
        <source>no log was read</source>
        <translation>kein Log wurde gelesen</translation>
    </message>
    <message>
        <source>no preference or reinforcement method was asked for</source>
        <translation>keine Präferenz- oder Reinforcement-Methode wurde gefragt</translation>
    </message>
    <message>
        <source>no version can be read in it; the newest known rules apply</source>
        <translation>keine Version ist darin zu lesen; es gelten die neuesten bekannten Regeln</translation>
    </message>
    <message>
        <source>no whole layers are recomputed</source>
        <translation>keine ganzen Schichten werden neu berechnet</translation>
    </message>
    <message>
        <source>none unless asked</source>
        <translation>keine, wenn nichts gesagt ist</translation>
    </message>
    <message>
        <source>not split unless asked</source>
        <translation>nicht geteilt, wenn nichts gesagt ist</translation>
    </message>
    <message>
        <source>nothing is gathered</source>
        <translation>nichts wird gesammelt</translation>
    </message>
    <message>
        <source>nothing is recomputed</source>
        <translation>nichts wird neu berechnet</translation>
    </message>
    <message>
        <source>nothing is recomputed unless asked</source>
        <translation>nichts wird neu berechnet, wenn nichts gesagt ist</translation>
    </message>
    <message>
        <source>nothing is sharded by DeepSpeed</source>
        <translation>DeepSpeed shardet nichts</translation>
    </message>
    <message>
        <source>nothing is sharded by FSDP</source>
        <translation>FSDP shardet nichts</translation>
    </message>
    <message>
        <source>nothing was said</source>
        <translation>nichts wurde gesagt</translation>
    </message>
    <message>
        <source>off unless asked</source>
        <translation>aus, wenn nichts gesagt ist</translation>
    </message>
    <message>
        <source>on Apple silicon it runs through MLX, by memory rules that are not known here</source>
        <translation>auf Apple Silicon läuft es über MLX, nach hier unbekannten Speicherregeln</translation>
    </message>
    <message>
        <source>on Neuron it runs through a plugin with memory rules of its own, which are not known here</source>
        <translation>auf Neuron läuft es über ein Plugin mit eigenen, hier unbekannten Speicherregeln</translation>
    </message>
    <message>
        <source>on TPU it is another program (sglang-jax) with memory rules that are not known here</source>
        <translation>auf TPU ist es ein anderes Programm (sglang-jax) mit hier unbekannten Speicherregeln</translation>
    </message>
    <message>
        <source>on TPU it runs through a plugin with memory rules of its own, which are not known here</source>
        <translation>auf TPU läuft es über ein Plugin mit eigenen, hier unbekannten Speicherregeln</translation>
    </message>
    <message>
        <source>on the device unless asked</source>
        <translation>auf dem Gerät, wenn nichts gesagt ist</translation>
    </message>
    <message>
        <source>one at a time unless asked</source>
        <translation>einer zur Zeit, wenn nichts gesagt ist</translation>
    </message>
    <message>
        <source>one data-parallel rank has nothing to share</source>
        <translation>ein datenparalleler Rank allein hat nichts zu teilen</translation>
    </message>
    <message>
        <source>one forward, one backward</source>
        <translation>ein Forward, ein Backward</translation>
    </message>
    <message>
        <source>one group shards</source>
        <translation>eine Gruppe shardet</translation>
    </message>
    <message>
        <source>one process of the engine is one replica</source>
        <translation>ein Prozess der Engine ist eine Kopie</translation>
    </message>
    <message>
        <source>one replica on each device that is left</source>
        <translation>eine Kopie auf jedem übrigen Gerät</translation>
    </message>
    <message>
        <source>only a 4-bit base is prepared</source>
        <translation>nur eine 4-Bit-Basis wird vorbereitet</translation>
    </message>
    <message>
        <source>options of this engine are not known by their own names</source>
        <translation>Optionen dieser Engine sind nicht unter eigenem Namen bekannt</translation>
    </message>
    <message>
        <source>packed weights have no gradients: they are trained in the model&apos;s dtype</source>
        <translation>gepackte Gewichte haben keine Gradienten: trainiert wird im dtype des Modells</translation>
    </message>
    <message>
        <source>plain training unless asked</source>
        <translation>einfaches Training, wenn nichts gesagt ist</translation>
    </message>
    <message>
        <source>prompts that are kept lie in the pool, and the model has no states beside it</source>
        <translation>behaltene Prompts liegen im Pool, und das Modell hat keine Zustände daneben</translation>
    </message>
    <message>
        <source>prompts that the engine keeps lie in the cache it has</source>
        <translation>Prompts, die die Engine behält, liegen in ihrem Cache</translation>
    </message>
    <message>
        <source>rows are filled with samples</source>
        <translation>Zeilen werden mit Beispielen gefüllt</translation>
    </message>
    <message>
        <source>scales that are quantized themselves are opened on loading</source>
        <translation>selbst quantisierte Skalen werden beim Laden entfaltet</translation>
    </message>
    <message>
        <source>selective checkpointing is by operators</source>
        <translation>selektives Checkpointing geht nach Operatoren</translation>
    </message>
    <message>
        <source>several chunks per stage</source>
        <translation>mehrere Stücke je Stufe</translation>
    </message>
    <message>
        <source>swift: autocast in the format of the weights</source>
        <translation>swift: Autocast im Format der Gewichte</translation>
    </message>
    <message>
        <source>swift: reentrant except under plain DDP (4.6)</source>
        <translation>swift: reentrant, außer bei einfachem DDP (4.6)</translation>
    </message>
    <message>
        <source>the checkpoint brings scales for it, which the engine goes by</source>
        <translation>der Checkpoint bringt Skalen dafür mit, nach denen sich die Engine richtet</translation>
    </message>
    <message>
        <source>the code leaves what is not quantized in its format</source>
        <translation>der Code lässt, was nicht quantisiert ist, in seinem Format</translation>
    </message>
    <message>
        <source>the code&apos;s own norm, operator by operator</source>
        <translation>die Norm des Codes selbst, Operator für Operator</translation>
    </message>
    <message>
        <source>the collator pads a batch to its longest sample</source>
        <translation>der Collator füllt einen Batch bis zum längsten Beispiel auf</translation>
    </message>
    <message>
        <source>the compute format</source>
        <translation>das Rechenformat</translation>
    </message>
    <message>
        <source>the configuration&apos;s dtype</source>
        <translation>der dtype der Konfiguration</translation>
    </message>
    <message>
        <source>the engine captures no graphs</source>
        <translation>die Engine zeichnet keine Graphen auf</translation>
    </message>
    <message>
        <source>the engine claims nothing up front</source>
        <translation>die Engine beansprucht nichts im Voraus</translation>
    </message>
    <message>
        <source>the engine decides how latent attention is cached</source>
        <translation>die Engine entscheidet, wie latente Attention gecacht wird</translation>
    </message>
    <message>
        <source>the engine does not split a sequence over ranks</source>
        <translation>die Engine teilt eine Sequenz nicht über Ranks</translation>
    </message>
    <message>
        <source>the engine generates only</source>
        <translation>die Engine generiert nur</translation>
    </message>
    <message>
        <source>the engine has no pool of a size of its own</source>
        <translation>die Engine hat keinen Pool eigener Größe</translation>
    </message>
    <message>
        <source>the engine has no speculative decoding</source>
        <translation>die Engine hat kein spekulatives Dekodieren</translation>
    </message>
    <message>
        <source>the engine has no such choice</source>
        <translation>die Engine hat diese Wahl nicht</translation>
    </message>
    <message>
        <source>the engine keeps a window&apos;s tokens by rules of its own</source>
        <translation>die Engine hält die Token eines Fensters nach eigenen Regeln</translation>
    </message>
    <message>
        <source>the engine keeps all experts of a layer together</source>
        <translation>die Engine hält alle Experten einer Schicht zusammen</translation>
    </message>
    <message>
        <source>the engine keeps its cache on the device</source>
        <translation>die Engine hält ihren Cache auf dem Gerät</translation>
    </message>
    <message>
        <source>the engine keeps the logits of what it samples</source>
        <translation>die Engine hält die Logits dessen, was sie sampelt</translation>
    </message>
    <message>
        <source>the engine patches its trainer, which then does what the engine&apos;s own code does</source>
        <translation>die Engine patcht ihren Trainer, der dann tut, was der Code der Engine tut</translation>
    </message>
    <message>
        <source>the engine serves no adapters</source>
        <translation>die Engine liefert keine Adapter aus</translation>
    </message>
    <message>
        <source>the engine sizes nothing for a number of sequences</source>
        <translation>die Engine bemisst nichts nach einer Zahl von Sequenzen</translation>
    </message>
    <message>
        <source>the engine spreads whole layers over devices by itself</source>
        <translation>die Engine verteilt von selbst ganze Schichten über Geräte</translation>
    </message>
    <message>
        <source>the engine that was asked for does not do this workload</source>
        <translation>die gefragte Engine kann diese Aufgabe nicht</translation>
    </message>
    <message>
        <source>the engine&apos;s defaults</source>
        <translation>die Standardwerte der Engine</translation>
    </message>
    <message>
        <source>the engine&apos;s own kernels never hold the scores</source>
        <translation>die eigenen Kernels der Engine halten die Scores nie</translation>
    </message>
    <message>
        <source>the format of the gradients</source>
        <translation>das Format der Gradienten</translation>
    </message>
    <message>
        <source>the format of the weights that are not quantized</source>
        <translation>das Format der nicht quantisierten Gewichte</translation>
    </message>
    <message>
        <source>the format of what is trained</source>
        <translation>das Format dessen, was trainiert wird</translation>
    </message>
    <message>
        <source>the format of what the optimizer steps</source>
        <translation>das Format dessen, was der Optimizer aktualisiert</translation>
    </message>
    <message>
        <source>the head takes all tokens at once</source>
        <translation>der Kopf nimmt alle Token auf einmal</translation>
    </message>
    <message>
        <source>the head&apos;s unit is needed again at once</source>
        <translation>die Einheit des Kopfs wird gleich wieder gebraucht</translation>
    </message>
    <message>
        <source>the kernel that is there</source>
        <translation>der Kernel, der da ist</translation>
    </message>
    <message>
        <source>the library&apos;s optimizer steps one tensor at a time</source>
        <translation>der Optimizer der Bibliothek geht Tensor für Tensor</translation>
    </message>
    <message>
        <source>the loss is not cut into parts</source>
        <translation>der Loss wird nicht zerlegt</translation>
    </message>
    <message>
        <source>the loss runs operator by operator</source>
        <translation>der Loss läuft Operator für Operator</translation>
    </message>
    <message>
        <source>the loss takes all rows at once</source>
        <translation>der Loss nimmt alle Zeilen auf einmal</translation>
    </message>
    <message>
        <source>the method&apos;s own constant</source>
        <translation>die eigene Konstante der Methode</translation>
    </message>
    <message>
        <source>the micro-batches of a step: training.accumulation</source>
        <translation>die Micro-Batches eines Schritts: training.accumulation</translation>
    </message>
    <message>
        <source>the model generates</source>
        <translation>das Modell generiert</translation>
    </message>
    <message>
        <source>the model has no decoder</source>
        <translation>das Modell hat keinen Decoder</translation>
    </message>
    <message>
        <source>the model has no experts</source>
        <translation>das Modell hat keine Experten</translation>
    </message>
    <message>
        <source>the model has no latent attention</source>
        <translation>das Modell hat keine latente Attention</translation>
    </message>
    <message>
        <source>the model has no windowed layers</source>
        <translation>das Modell hat keine Schichten mit Fenster</translation>
    </message>
    <message>
        <source>the model&apos;s maximum, which the engine takes by itself</source>
        <translation>das Maximum des Modells, das die Engine von selbst nimmt</translation>
    </message>
    <message>
        <source>the recipe compiles the loss with the model</source>
        <translation>das Rezept kompiliert den Loss mit dem Modell</translation>
    </message>
    <message>
        <source>the rules of the newest release that is known</source>
        <translation>die Regeln der neuesten bekannten Version</translation>
    </message>
    <message>
        <source>the training code brings its own runtime</source>
        <translation>der Trainingscode bringt seine Laufzeit mit</translation>
    </message>
    <message>
        <source>the training code has one way to compute attention</source>
        <translation>der Trainingscode kann Attention nur auf eine Art</translation>
    </message>
    <message>
        <source>the training code&apos;s one way</source>
        <translation>die eine Art des Trainingscodes</translation>
    </message>
    <message>
        <source>the vocabulary is not split</source>
        <translation>das Vokabular ist nicht geteilt</translation>
    </message>
    <message>
        <source>the whole model is one unit</source>
        <translation>das ganze Modell ist eine Einheit</translation>
    </message>
    <message>
        <source>there are no pipeline stages</source>
        <translation>es gibt keine Pipeline-Stufen</translation>
    </message>
    <message>
        <source>there are no pipeline stages to divide</source>
        <translation>es gibt keine Pipeline-Stufen zu teilen</translation>
    </message>
    <message>
        <source>there is one replica</source>
        <translation>es gibt eine Kopie</translation>
    </message>
    <message>
        <source>this method generates nothing</source>
        <translation>diese Methode generiert nichts</translation>
    </message>
    <message>
        <source>this release of Transformers calls the model&apos;s layers plainly, so that all they keep is kept</source>
        <translation>diese Transformers-Version ruft die Schichten des Modells einfach auf, sodass alles bleibt, was sie halten</translation>
    </message>
    <message>
        <source>this release of Transformers drops it for the model</source>
        <translation>diese Transformers-Version lässt es für das Modell weg</translation>
    </message>
    <message>
        <source>training codes do not train ggml&apos;s block formats</source>
        <translation>Trainingscodes trainieren ggmls Blockformate nicht</translation>
    </message>
    <message>
        <source>training codes train</source>
        <translation>Trainingscodes trainieren</translation>
    </message>
    <message>
        <source>training.attention_implementation says otherwise</source>
        <translation>training.attention_implementation sagt etwas anderes</translation>
    </message>
    <message>
        <source>transformers loads fp32 unless a dtype is given (until 4.57), and TRL gives none</source>
        <translation>transformers lädt fp32, wenn kein dtype angegeben ist (bis 4.57), und TRL gibt keinen an</translation>
    </message>
    <message>
        <source>transformers&apos; model classes checkpoint the wrapped layer (until 4.51)</source>
        <translation>die Modellklassen von transformers checkpointen die umhüllte Schicht (bis 4.51)</translation>
    </message>
    <message>
        <source>transformers&apos; models fill a cache (until 4.57)</source>
        <translation>die Modelle von transformers füllen einen Cache (bis 4.57)</translation>
    </message>
    <message>
        <source>vLLM&apos;s caches are fp8, nvfp4, fp8_ds_mla, or 8 and 4 bit with a scale per token and head</source>
        <translation>vLLMs Caches sind fp8, nvfp4, fp8_ds_mla, oder 8 und 4 Bit mit einer Skala je Token und Head</translation>
    </message>
    <message>
        <source>weights are in the format operators run in</source>
        <translation>Gewichte sind in dem Format, in dem Operatoren rechnen</translation>
    </message>
    <message>
        <source>weights are wider than operators run in</source>
        <translation>Gewichte sind breiter, als Operatoren rechnen</translation>
    </message>
    <message>
        <source>weights stay gathered</source>
        <translation>Gewichte bleiben gesammelt</translation>
    </message>
    <message>
        <source>what GGUF files are for</source>
        <translation>wofür GGUF-Dateien da sind</translation>
    </message>
    <message>
        <source>what is in no block is the root unit&apos;s</source>
        <translation>was in keinem Block ist, gehört zur Wurzeleinheit</translation>
    </message>
    <message>
        <source>what is meant where nothing is said</source>
        <translation>was gemeint ist, wo nichts gesagt ist</translation>
    </message>
    <message>
        <source>what is trained is kept element by element, not in blocks</source>
        <translation>was trainiert wird, ist elementweise gehalten, nicht in Blöcken</translation>
    </message>
    <message>
        <source>what its encoder takes is not accounted for</source>
        <translation>was sein Encoder braucht, ist nicht gerechnet</translation>
    </message>
    <message>
        <source>what the engine stands for</source>
        <translation>wofür die Engine steht</translation>
    </message>
    <message>
        <source>what the engine&apos;s claim leaves</source>
        <translation>was der Anspruch der Engine übrig lässt</translation>
    </message>
    <message>
        <source>what the model&apos;s processor takes</source>
        <translation>was der Prozessor des Modells nimmt</translation>
    </message>
    <message>
        <source>what the training code runs on</source>
        <translation>worauf der Trainingscode läuft</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Adapters</source>
        <translation>Adapter</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV-Cache</translation>
    </message>
    <message>
        <source>State cache</source>
        <translation>Zustands-Cache</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>Aktivierungen</translation>
    </message>
    <message>
        <source>Logits and loss</source>
        <translation>Logits und Loss</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>Gradienten</translation>
    </message>
    <message>
        <source>Optimizer states</source>
        <translation>Optimizer-Zustände</translation>
    </message>
    <message>
        <source>Master weights</source>
        <translation>Master-Gewichte</translation>
    </message>
    <message>
        <source>Communication</source>
        <translation>Kommunikation</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Workspace</translation>
    </message>
    <message>
        <source>CUDA graphs</source>
        <translation>CUDA Graphs</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Laufzeit</translation>
    </message>
    <message>
        <source>Fragmentation</source>
        <translation>Fragmentierung</translation>
    </message>
    <message>
        <source>Output buffer</source>
        <translation>Ausgabepuffer</translation>
    </message>
    <message>
        <source>load</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>forward</source>
        <translation>Forward</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>Loss</translation>
    </message>
    <message>
        <source>backward</source>
        <translation>Backward</translation>
    </message>
    <message>
        <source>optimizer step</source>
        <translation>Optimizer-Schritt</translation>
    </message>
    <message>
        <source>prefill</source>
        <translation>Prefill</translation>
    </message>
    <message>
        <source>decode</source>
        <translation>Decode</translation>
    </message>
    <message>
        <source>generation</source>
        <translation>Generierung</translation>
    </message>
    <message>
        <source>every device</source>
        <translation>jedes Gerät</translation>
    </message>
    <message>
        <source>device %1</source>
        <translation>Gerät %1</translation>
    </message>
    <message>
        <source>stage %1</source>
        <translation>Stufe %1</translation>
    </message>
    <message>
        <source>first stage</source>
        <translation>erste Stufe</translation>
    </message>
    <message>
        <source>last stage</source>
        <translation>letzte Stufe</translation>
    </message>
    <message>
        <source>middle stages</source>
        <translation>mittlere Stufen</translation>
    </message>
    <message>
        <source>later stages</source>
        <translation>spätere Stufen</translation>
    </message>
    <message>
        <source>further ranks</source>
        <translation>weitere Ranks</translation>
    </message>
    <message>
        <source>one device</source>
        <translation>ein Gerät</translation>
    </message>
    <message>
        <source>%1 devices</source>
        <translation>%1 Geräte</translation>
    </message>
    <message>
        <source>one rank</source>
        <translation>ein Rank</translation>
    </message>
    <message>
        <source>%1 ranks</source>
        <translation>%1 Ranks</translation>
    </message>
    <message>
        <source>unnamed device</source>
        <translation>unbenanntes Gerät</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>full</source>
        <translation>voll</translation>
    </message>
    <message>
        <source>selective</source>
        <translation>selektiv</translation>
    </message>
    <message>
        <source>offloaded</source>
        <translation>ausgelagert</translation>
    </message>
    <message>
        <source>every-nth</source>
        <translation>jede n-te</translation>
    </message>
    <message>
        <source>share of weights</source>
        <translation>Anteil der Gewichte</translation>
    </message>
    <message>
        <source>bytes / parameter</source>
        <translation>Byte / Parameter</translation>
    </message>
    <message>
        <source>7 tensors / layer</source>
        <translation>7 Tensoren / Schicht</translation>
    </message>
    <message>
        <source>14 tensors / block</source>
        <translation>14 Tensoren / Block</translation>
    </message>
    <message>
        <source>distributed optimizer</source>
        <translation>verteilter Optimizer</translation>
    </message>
    <message>
        <source>detailed</source>
        <translation>ausführlich</translation>
    </message>
    <message>
        <source>datacenter</source>
        <translation>Rechenzentrum</translation>
    </message>
    <message>
        <source>workstation</source>
        <translation>Workstation</translation>
    </message>
    <message>
        <source>consumer</source>
        <translation>Consumer</translation>
    </message>
    <message>
        <source>laptop</source>
        <translation>Laptop</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>gefragt</translation>
    </message>
    <message>
        <source>user</source>
        <translation>gefragt</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>catalogue</source>
        <translation>Katalog</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>Konstante</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>gemessen</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>berechnet</translation>
    </message>
    <message>
        <source>assumed</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>heads</source>
        <translation>Heads</translation>
    </message>
    <message>
        <source>sequences</source>
        <translation>Sequenzen</translation>
    </message>
    <message>
        <source>experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>copies</source>
        <translation>Kopien</translation>
    </message>
    <message>
        <source>elements</source>
        <translation>Elemente</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>B/element</source>
        <translation>B/Element</translation>
    </message>
    <message>
        <source>B/token</source>
        <translation>B/Token</translation>
    </message>
    <message>
        <source>B/parameter</source>
        <translation>B/Parameter</translation>
    </message>
    <message>
        <source>Keep the KV cache in fp8</source>
        <translation>KV-Cache in fp8 halten</translation>
    </message>
    <message>
        <source>Keep the KV cache in q8_0</source>
        <translation>KV-Cache in q8_0 halten</translation>
    </message>
    <message>
        <source>a little accuracy on long contexts</source>
        <translation>etwas Genauigkeit bei langem Kontext</translation>
    </message>
    <message>
        <source>hardly any accuracy</source>
        <translation>kaum Genauigkeit</translation>
    </message>
    <message>
        <source>some accuracy</source>
        <translation>etwas Genauigkeit</translation>
    </message>
    <message>
        <source>Use a Q8_0 file</source>
        <translation>Eine Q8_0-Datei nehmen</translation>
    </message>
    <message>
        <source>Use a Q4_K_M file</source>
        <translation>Eine Q4_K_M-Datei nehmen</translation>
    </message>
    <message>
        <source>Serve fp8 weights</source>
        <translation>Gewichte in fp8 ausliefern</translation>
    </message>
    <message>
        <source>Serve 4-bit weights (AWQ)</source>
        <translation>4-Bit-Gewichte ausliefern (AWQ)</translation>
    </message>
    <message>
        <source>Load the weights in 8 bit</source>
        <translation>Gewichte in 8 Bit laden</translation>
    </message>
    <message>
        <source>Load the weights in NF4</source>
        <translation>Gewichte in NF4 laden</translation>
    </message>
    <message>
        <source>speed, and hardly any accuracy</source>
        <translation>Tempo, und kaum Genauigkeit</translation>
    </message>
    <message>
        <source>speed, and some accuracy</source>
        <translation>Tempo, und etwas Genauigkeit</translation>
    </message>
    <message>
        <source>speed, and a little accuracy</source>
        <translation>Tempo, und ein wenig Genauigkeit</translation>
    </message>
    <message>
        <source>Keep the experts in host memory</source>
        <translation>Experten im Host-Speicher halten</translation>
    </message>
    <message>
        <source>speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Hold half as many sequences at once</source>
        <translation>Halb so viele Sequenzen zugleich</translation>
    </message>
    <message>
        <source>throughput</source>
        <translation>Durchsatz</translation>
    </message>
    <message>
        <source>Prefill %1 tokens at a time</source>
        <translation>Je %1 Token auf einmal im Prefill</translation>
    </message>
    <message>
        <source>a little prefill speed</source>
        <translation>etwas Prefill-Tempo</translation>
    </message>
    <message>
        <source>Capture no CUDA graphs</source>
        <translation>Keine CUDA Graphs aufzeichnen</translation>
    </message>
    <message>
        <source>speed of decoding</source>
        <translation>Tempo beim Decode</translation>
    </message>
    <message>
        <source>Recompute activations (full checkpointing)</source>
        <translation>Aktivierungen neu berechnen (volles Checkpointing)</translation>
    </message>
    <message>
        <source>about a third more compute</source>
        <translation>etwa ein Drittel mehr Rechenarbeit</translation>
    </message>
    <message>
        <source>Use a fused cross-entropy loss</source>
        <translation>Verschmolzenen Cross-Entropy-Loss nehmen</translation>
    </message>
    <message>
        <source>nothing but a kernel that supports the model</source>
        <translation>nichts als einen Kernel, der das Modell kann</translation>
    </message>
    <message>
        <source>Use flash attention</source>
        <translation>Flash-Attention nehmen</translation>
    </message>
    <message>
        <source>nothing but a device that supports it</source>
        <translation>nichts als ein Gerät, das es kann</translation>
    </message>
    <message>
        <source>Halve the micro-batch and accumulate twice as often</source>
        <translation>Micro-Batch halbieren, doppelt so oft akkumulieren</translation>
    </message>
    <message>
        <source>a little speed</source>
        <translation>etwas Tempo</translation>
    </message>
    <message>
        <source>Shard weights, gradients and states over the data-parallel devices (ZeRO-3)</source>
        <translation>Gewichte, Gradienten und Zustände über die datenparallelen Geräte sharden (ZeRO-3)</translation>
    </message>
    <message>
        <source>communication</source>
        <translation>Kommunikation</translation>
    </message>
    <message>
        <source>Keep the optimizer&apos;s states in host memory</source>
        <translation>Optimizer-Zustände im Host-Speicher halten</translation>
    </message>
    <message>
        <source>speed of the optimizer step</source>
        <translation>Tempo des Optimizer-Schritts</translation>
    </message>
    <message>
        <source>Train LoRA adapters instead of all weights</source>
        <translation>LoRA-Adapter statt aller Gewichte trainieren</translation>
    </message>
    <message>
        <source>what full fine-tuning learns beyond the adapters</source>
        <translation>was volles Fine-Tuning über die Adapter hinaus lernt</translation>
    </message>
    <message>
        <source>Keep the frozen base in NF4 (QLoRA)</source>
        <translation>Eingefrorene Basis in NF4 halten (QLoRA)</translation>
    </message>
    <message>
        <source>Keep the optimizer&apos;s states in 8 bit</source>
        <translation>Optimizer-Zustände in 8 Bit halten</translation>
    </message>
    <message>
        <source>Halve the context to %1</source>
        <translation>Kontext auf %1 halbieren</translation>
    </message>
    <message>
        <source>longer texts</source>
        <translation>längere Texte</translation>
    </message>
    <message>
        <source>%1 such devices</source>
        <translation>%1 solche Geräte</translation>
    </message>
    <message>
        <source>Use %1 such devices</source>
        <translation>%1 solche Geräte nehmen</translation>
    </message>
    <message>
        <source>Use %1 such devices, and shard over them (%2)</source>
        <translation>%1 solche Geräte nehmen und darüber sharden (%2)</translation>
    </message>
    <message>
        <source>the devices, and what they tell one another</source>
        <translation>die Geräte, und was sie einander mitteilen</translation>
    </message>
    <message>
        <source>%1, and %2</source>
        <translation>%1; dazu: %2</translation>
    </message>
    <message>
        <source>does not run: %1</source>
        <translation>läuft nicht: %1</translation>
    </message>
    <message>
        <source>would not run: %1</source>
        <translation>würde nicht laufen: %1</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>passt nicht</translation>
    </message>
    <message>
        <source>no capacity is known</source>
        <translation>keine Kapazität ist bekannt</translation>
    </message>
    <message>
        <source>%1 too much on a device</source>
        <translation>%1 zu viel auf einem Gerät</translation>
    </message>
    <message>
        <source>such devices do not work on one copy together</source>
        <translation>solche Geräte arbeiten nicht zusammen an einer Kopie</translation>
    </message>
    <message>
        <source>takes %1 devices, of which there are %2</source>
        <translation>braucht %1 Geräte, von denen es %2 gibt</translation>
    </message>
    <message>
        <source>takes %1 devices in all</source>
        <translation>braucht insgesamt %1 Geräte</translation>
    </message>
    <message>
        <source>its capacity is not known</source>
        <translation>seine Kapazität ist nicht bekannt</translation>
    </message>
    <message>
        <source>takes more devices than there are</source>
        <translation>braucht mehr Geräte, als es gibt</translation>
    </message>
    <message>
        <source>the engine does not split layers over devices</source>
        <translation>die Engine teilt Schichten nicht über Geräte</translation>
    </message>
    <message>
        <source>the engine has no pipeline stages</source>
        <translation>die Engine hat keine Pipeline-Stufen</translation>
    </message>
    <message>
        <source>the engine does not split sequences over devices</source>
        <translation>die Engine teilt Sequenzen nicht über Geräte</translation>
    </message>
    <message>
        <source>the engine does not spread experts over devices</source>
        <translation>die Engine verteilt Experten nicht über Geräte</translation>
    </message>
    <message>
        <source>attention heads are not divided evenly by the tensor-parallel ranks</source>
        <translation>Attention-Heads gehen durch die tensorparallelen Ranks nicht auf</translation>
    </message>
    <message>
        <source>layers are not divided evenly by the pipeline stages</source>
        <translation>Schichten gehen durch die Pipeline-Stufen nicht auf</translation>
    </message>
    <message>
        <source>the context is not divided evenly by twice the context-parallel ranks</source>
        <translation>der Kontext geht durch die doppelte Zahl kontextparalleler Ranks nicht auf</translation>
    </message>
    <message>
        <source>experts are not divided evenly by the expert-parallel ranks</source>
        <translation>Experten gehen durch die expertenparallelen Ranks nicht auf</translation>
    </message>
    <message>
        <source>expert-parallel ranks are not taken evenly from the others</source>
        <translation>expertenparallele Ranks gehen in den anderen nicht auf</translation>
    </message>
    <message>
        <source>the sharding is not the engine&apos;s own</source>
        <translation>das Sharding ist nicht das der Engine</translation>
    </message>
    <message>
        <source>one rank has nothing to share</source>
        <translation>ein Rank allein hat nichts zu teilen</translation>
    </message>
    <message>
        <source>ZeRO-2 and ZeRO-3 do not go with pipeline stages</source>
        <translation>ZeRO-2 und ZeRO-3 gehen nicht mit Pipeline-Stufen zusammen</translation>
    </message>
    <message>
        <source>the step&apos;s sequences are not divided evenly by micro-batch and replicas</source>
        <translation>die Sequenzen des Schritts gehen durch Micro-Batch und Kopien nicht auf</translation>
    </message>
    <message>
        <source>tokens of a step × bandwidth ÷ (bytes of weights + bytes of cache)</source>
        <translation>Token eines Schritts × Bandbreite ÷ (Bytes der Gewichte + Bytes des Caches)</translation>
    </message>
    <message>
        <source>less than %1</source>
        <translation>weniger als %1</translation>
    </message>
    <message>
        <source>%1 layers cannot be divided into %2 pipeline stages</source>
        <translation>%1 Schichten lassen sich nicht in %2 Pipeline-Stufen teilen</translation>
    </message>
    <message>
        <source>%1 layers cannot be divided into %2 pipeline stages of %3 chunks each</source>
        <translation>%1 Schichten lassen sich nicht in %2 Pipeline-Stufen zu je %3 Stücken teilen</translation>
    </message>
    <message>
        <source>%1 does not run on %2: %3</source>
        <translation>%1 läuft nicht auf %2: %3</translation>
    </message>
    <message>
        <source>%1 on %2: %3.</source>
        <translation>%1 auf %2: %3.</translation>
    </message>
    <message>
        <source>what %1 takes on devices of %2</source>
        <translation>was %1 auf Geräten von %2 braucht</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is taken as %2, of %3 GB; there is more than one size of it: %4.</source>
        <translation>„%1“ gilt als %2 mit %3 GB; es gibt mehr als eine Größe davon: %4.</translation>
    </message>
    <message>
        <source>The layout takes %1, more than the %2 that are named; all are taken to be alike.</source>
        <translation>Die Aufteilung braucht %1, mehr als die %2 genannten; alle gelten als gleich.</translation>
    </message>
    <message>
        <source>The layout takes %1, more than the %2 that is named; all are taken to be alike.</source>
        <translation>Die Aufteilung braucht %1, mehr als die %2 genannten; alle gelten als gleich.</translation>
    </message>
    <message>
        <source>%1 does not run on %2; its step is counted with what %3 keeps.</source>
        <translation>%1 läuft nicht auf %2; der Schritt ist mit dem gerechnet, was %3 hält.</translation>
    </message>
    <message>
        <source>%1 on %2, which no run combines</source>
        <translation>%1 auf %2, was kein Lauf verbindet</translation>
    </message>
    <message>
        <source>%1 has no %2; it is counted by the rules of %3.</source>
        <translation>%1 hat kein %2; gerechnet ist nach den Regeln von %3.</translation>
    </message>
    <message>
        <source>%1 sharded by %2, which no run combines</source>
        <translation>%1, gesharded durch %2, was kein Lauf verbindet</translation>
    </message>
    <message>
        <source>tensor parallelism</source>
        <translation>Tensorparallelität</translation>
    </message>
    <message>
        <source>pipeline stages</source>
        <translation>Pipeline-Stufen</translation>
    </message>
    <message>
        <source>context parallelism</source>
        <translation>Kontextparallelität</translation>
    </message>
    <message>
        <source>expert parallelism</source>
        <translation>Expertenparallelität</translation>
    </message>
    <message>
        <source>%1 has no %2; the step is counted as one that has.</source>
        <translation>%1 hat keine %2; der Schritt ist gerechnet, als gäbe es sie.</translation>
    </message>
    <message>
        <source>%1 with %2, which no run combines</source>
        <translation>%1 mit %2, was kein Lauf verbindet</translation>
    </message>
    <message>
        <source>%1 is not %2&apos;s own sharding; it is counted by the rules of %3.</source>
        <translation>%1 ist nicht das Sharding von %2; gerechnet ist nach den Regeln von %3.</translation>
    </message>
    <message>
        <source>%1 shards by itself; as asked, every rank keeps everything here.</source>
        <translation>%1 shardet von selbst; wie gefragt hält hier jeder Rank alles.</translation>
    </message>
    <message>
        <source>The steps of %1 are accounted for as those of %2.</source>
        <translation>Die Schritte von %1 sind gerechnet wie die von %2.</translation>
    </message>
    <message>
        <source>No release that rules depend on is read from “%1”; the newest known rules stand for it.</source>
        <translation>Aus „%1“ ist keine Version zu lesen, an der Regeln hängen; es gelten die neuesten bekannten.</translation>
    </message>
    <message>
        <source>what %1&apos;s %2 changes</source>
        <translation>was %2 von %1 ändert</translation>
    </message>
    <message>
        <source>%1 has no option %2.</source>
        <translation>%1 hat keine Option %2.</translation>
    </message>
    <message>
        <source>%1 %2 has no option %3: it came with %4.</source>
        <translation>%1 %2 hat keine Option %3: sie kam mit %4.</translation>
    </message>
    <message>
        <source>%1 %2 has no option %3: it ended with %4.</source>
        <translation>%1 %2 hat keine Option %3: sie endete mit %4.</translation>
    </message>
    <message>
        <source>%1 does not change memory.</source>
        <translation>%1 ändert am Speicher nichts.</translation>
    </message>
    <message>
        <source>%1 moves memory and is not counted.</source>
        <translation>%1 bewegt Speicher und wird nicht gezählt.</translation>
    </message>
    <message>
        <source>%1 moves the host&apos;s memory and is not counted.</source>
        <translation>%1 bewegt Host-Speicher und wird nicht gezählt.</translation>
    </message>
    <message>
        <source>%1 is set aside: %2.</source>
        <translation>%1 bleibt außer Acht: %2.</translation>
    </message>
    <message>
        <source>what the vision encoder takes for images</source>
        <translation>was der Vision-Encoder für Bilder braucht</translation>
    </message>
    <message>
        <source>Figures are calibrated from %1; the difference to the prediction at that run is kept.</source>
        <translation>Die Zahlen sind kalibriert aus %1; der Unterschied zur Vorhersage bei jenem Lauf bleibt.</translation>
    </message>
    <message>
        <source>Figures are corrected by %1; the difference to the prediction at that run is kept.</source>
        <translation>Die Zahlen sind korrigiert durch %1; der Unterschied zur Vorhersage bei jenem Lauf bleibt.</translation>
    </message>
    <message>
        <source>What is %1 holds for %2 served by %3 and is set aside here.</source>
        <translation>Was %1 ist, gilt für %2, ausgeliefert von %3, und bleibt hier beiseite.</translation>
    </message>
    <message>
        <source>calibrated from %1</source>
        <translation>kalibriert aus %1</translation>
    </message>
    <message>
        <source>What a process can allocate on %1 is not on record; it is taken as %2.</source>
        <translation>Was ein Prozess auf %1 belegen kann, ist nicht verzeichnet; angenommen sind %2.</translation>
    </message>
    <message>
        <source>%1 shares its memory with the processor; the share a process may use by default is counted, and %2 raises it.</source>
        <translation>%1 teilt den Speicher mit dem Prozessor; gezählt ist der Anteil, den ein Prozess von Haus aus nutzen darf, und %2 erhöht ihn.</translation>
    </message>
    <message>
        <source>what of the model&apos;s description is not known</source>
        <translation>was an der Beschreibung des Modells nicht bekannt ist</translation>
    </message>
    <message>
        <source>Not counted, though memory depends on it: %1</source>
        <translation>Nicht gezählt, obwohl Speicher davon abhängt: %1</translation>
    </message>
    <message>
        <source>Neither the scenario nor the configuration says in which format the weights are; bf16 is assumed.</source>
        <translation>Weder Szenario noch Konfiguration sagen, in welchem Format die Gewichte sind; angenommen ist bf16.</translation>
    </message>
    <message>
        <source>The question is beyond what bytes are counted in: sums have met the largest number, and the answer is a lower bound.</source>
        <translation>Die Frage übersteigt, worin Bytes gezählt werden: Summen haben die größte Zahl erreicht, die Antwort ist eine untere Schranke.</translation>
    </message>
    <message>
        <source>%1 spreads whole experts over all ranks of tensor and data parallelism, which are %2 here, or over none: there is no group of %3</source>
        <translation>%1 verteilt ganze Experten über alle tensor- und datenparallelen Ranks, hier %2, oder über keine: eine Gruppe von %3 gibt es nicht</translation>
    </message>
    <message>
        <source>%1 spreads whole experts over all tensor-parallel ranks, which are %2 here, or over none: there is no group of %3</source>
        <translation>%1 verteilt ganze Experten über alle tensorparallelen Ranks, hier %2, oder über keine: eine Gruppe von %3 gibt es nicht</translation>
    </message>
    <message>
        <source>%1 takes the ranks of whole experts from its tensor-parallel ones, and %2 cannot be divided into groups of %3</source>
        <translation>%1 nimmt die Ranks ganzer Experten aus den tensorparallelen, und %2 lassen sich nicht in Gruppen zu %3 teilen</translation>
    </message>
    <message>
        <source>%1 takes the ranks of whole experts from those of a pipeline stage, and %2 cannot be divided into groups of %3</source>
        <translation>%1 nimmt die Ranks ganzer Experten aus denen einer Pipeline-Stufe, und %2 lassen sich nicht in Gruppen zu %3 teilen</translation>
    </message>
    <message>
        <source>%1 takes the ranks of whole experts from those of a pipeline stage, and %2 cannot be divided into groups of %3 times the %4 that split each expert</source>
        <translation>%1 nimmt die Ranks ganzer Experten aus denen einer Pipeline-Stufe, und %2 lassen sich nicht in Gruppen zu %3 mal den %4 teilen, die jeden Experten aufteilen</translation>
    </message>
    <message>
        <source>%1 takes the ranks of whole experts from its data-parallel ones, and %2 cannot be divided into groups of %3</source>
        <translation>%1 nimmt die Ranks ganzer Experten aus den datenparallelen, und %2 lassen sich nicht in Gruppen zu %3 teilen</translation>
    </message>
    <message>
        <source>%1 gives every rank as many of a layer&apos;s %2 experts, which %3 ranks cannot have</source>
        <translation>%1 gibt jedem Rank gleich viele der %2 Experten einer Schicht, was bei %3 Ranks nicht geht</translation>
    </message>
    <message>
        <source>%1 divides a layer&apos;s %2 attention heads evenly, which %3 ranks cannot</source>
        <translation>%1 teilt die %2 Attention-Heads einer Schicht gleichmäßig, was bei %3 Ranks nicht geht</translation>
    </message>
    <message>
        <source>%1 gives every rank as many of a layer&apos;s %2 key and value heads, which %3 ranks cannot have</source>
        <translation>%1 gibt jedem Rank gleich viele der %2 KV-Heads einer Schicht, was bei %3 Ranks nicht geht</translation>
    </message>
    <message>
        <source>%1 divides its %2 tensor-parallel ranks into %3 groups of attention, which does not come out even</source>
        <translation>%1 teilt seine %2 tensorparallelen Ranks in %3 Attention-Gruppen, was nicht aufgeht</translation>
    </message>
    <message>
        <source>This rule of thumb assumes no activation checkpointing; its activations are shown in full.</source>
        <translation>Diese Faustregel kennt kein Checkpointing; ihre Aktivierungen stehen in voller Höhe.</translation>
    </message>
    <message>
        <source>This rule&apos;s KV cache takes the hidden size for keys and values; this model has fewer key and value heads and keeps less.</source>
        <translation>Der KV-Cache dieser Regel nimmt die Hidden Size für Keys und Values; dieses Modell hat weniger KV-Heads und hält weniger.</translation>
    </message>
    <message>
        <source>No Ollama version given: the rules of the newest known one (%1, llama-server) apply.</source>
        <translation>Keine Ollama-Version angegeben: es gelten die Regeln der neuesten bekannten (%1, llama-server).</translation>
    </message>
    <message>
        <source>Ollama %1 runs %2 with its own engine, whose graph is laid out as llama.cpp&apos;s of the same model with an image encoder&apos;s beside it.</source>
        <translation>Ollama %1 führt %2 mit eigener Engine aus, deren Graph wie der von llama.cpp für dasselbe Modell gelegt ist, mit dem eines Bild-Encoders daneben.</translation>
    </message>
    <message>
        <source>Ollama %1 runs this model with llama.cpp %2.</source>
        <translation>Ollama %1 führt dieses Modell mit llama.cpp %2 aus.</translation>
    </message>
    <message>
        <source>Ollama gives %1 one request at a time.</source>
        <translation>Ollama gibt %1 eine Anfrage zur Zeit.</translation>
    </message>
    <message>
        <source>Before 0.10 Ollama takes %1 requests at once where they fit.</source>
        <translation>Vor 0.10 nimmt Ollama %1 Anfragen zugleich, wo sie passen.</translation>
    </message>
    <message>
        <source>Ollama cuts num_ctx to the %1 tokens the model was trained for.</source>
        <translation>Ollama kürzt num_ctx auf die %1 Token, für die das Modell trainiert wurde.</translation>
    </message>
    <message>
        <source>Ollama&apos;s log speaks of a compute graph of %1 GiB a device and %2 GiB in all: that is its scheduler&apos;s prediction, by which it places layers; its runner then allocates what is counted here.</source>
        <translation>Ollamas Log spricht von einem Rechengraphen von %1 GiB je Gerät und %2 GiB insgesamt: das ist die Vorhersage des Schedulers, nach der er Schichten platziert; der Runner belegt dann, was hier gezählt ist.</translation>
    </message>
    <message>
        <source>Ollama ignores a quantized cache where flash attention is off; it is counted in f16.</source>
        <translation>Ollama übergeht einen quantisierten Cache, wenn Flash-Attention aus ist; gezählt ist f16.</translation>
    </message>
    <message>
        <source>Ollama lowers num_batch to %1: the model takes most of what is free.</source>
        <translation>Ollama senkt num_batch auf %1: das Modell nimmt das meiste des freien Speichers.</translation>
    </message>
    <message>
        <source>All layers are on one device, as they fit there.</source>
        <translation>Alle Schichten liegen auf einem Gerät, da sie dort passen.</translation>
    </message>
    <message>
        <source>The experts of %1 of %2 layers stay on the host by Ollama&apos;s own choice.</source>
        <translation>Die Experten von %1 der %2 Schichten bleiben auf Ollamas eigene Wahl im Host.</translation>
    </message>
    <message>
        <source>Ollama offloads %1 of %2 layers by itself; the others stay on the host.</source>
        <translation>Ollama legt von selbst %1 von %2 Schichten auf die GPU; die anderen bleiben im Host.</translation>
    </message>
    <message>
        <source>Transformers holds a layer&apos;s experts as one parameter, which this quantization does not reach: they take 16 bit in memory however the checkpoint stores them (transformers 5.24, quantizers/base.py). An engine keeps them packed.</source>
        <translation>Transformers hält die Experten einer Schicht als einen Parameter, den diese Quantisierung nicht erreicht: sie nehmen 16 Bit im Speicher, wie auch immer der Checkpoint sie speichert (transformers 5.24, quantizers/base.py). Eine Engine hält sie gepackt.</translation>
    </message>
    <message>
        <source>the window, the indexer&apos;s keys and the pools that Transformers keeps beside compressed keys</source>
        <translation>das Fenster, die Keys des Indexers und die Pools, die Transformers neben komprimierten Keys hält</translation>
    </message>
    <message>
        <source>The rules known here are those of Transformers 4.57; they apply to %1 as well.</source>
        <translation>Hier bekannt sind die Regeln von Transformers 4.57; sie gelten auch für %1.</translation>
    </message>
    <message>
        <source>The rules known here are those of mlx-lm 0.32; they apply to %1 as well.</source>
        <translation>Hier bekannt sind die Regeln von mlx-lm 0.32; sie gelten auch für %1.</translation>
    </message>
    <message>
        <source>llama.cpp is not known to load &apos;%1&apos;; its buffers are those of a common decoder.</source>
        <translation>Dass llama.cpp „%1“ lädt, ist nicht bekannt; die Puffer sind die eines üblichen Decoders.</translation>
    </message>
    <message>
        <source>The compute graph of &apos;%1&apos; is taken as that of a common decoder, so the compute buffer may be off by some per cent.</source>
        <translation>Der Rechengraph von „%1“ gilt als der eines üblichen Decoders; der Rechenpuffer kann um einige Prozent abweichen.</translation>
    </message>
    <message>
        <source>No llama.cpp version given: the rules of the newest known one (%1) apply.</source>
        <translation>Keine llama.cpp-Version angegeben: es gelten die Regeln der neuesten bekannten (%1).</translation>
    </message>
    <message>
        <source>The llama.cpp version &apos;%1&apos; is not recognized; the rules of b11549 (2026-10) are used.</source>
        <translation>Die llama.cpp-Version „%1“ ist nicht bekannt; es gelten die Regeln von b11549 (2026-10).</translation>
    </message>
    <message>
        <source>The host maps the file from its first to its last host tensor: a file laid out in the library&apos;s own order is assumed. One that llama-quantize wrote is mapped without its output tensor.</source>
        <translation>Der Host bildet die Datei vom ersten bis zum letzten Host-Tensor ab: angenommen ist eine Datei in der Reihenfolge der Bibliothek. Eine von llama-quantize geschriebene wird ohne ihren Ausgabetensor abgebildet.</translation>
    </message>
    <message>
        <source>llama.cpp refuses a quantized value cache without flash attention</source>
        <translation>llama.cpp lehnt einen quantisierten Value-Cache ohne Flash-Attention ab</translation>
    </message>
    <message>
        <source>llama.cpp has no flash attention kernel for this model and cache on this device and switches it off.</source>
        <translation>llama.cpp hat auf diesem Gerät keinen Flash-Attention-Kernel für dieses Modell und diesen Cache und schaltet sie ab.</translation>
    </message>
    <message>
        <source>With so many sequences at once llama.cpp&apos;s graph takes the attention of layers on the host to the device; it holds that for a missing flash attention kernel and switches flash attention off.</source>
        <translation>Bei so vielen Sequenzen zugleich holt der Graph von llama.cpp die Attention von Schichten im Host auf das Gerät; das hält er für einen fehlenden Flash-Attention-Kernel und schaltet Flash-Attention ab.</translation>
    </message>
    <message>
        <source>The compute graph of &apos;%1&apos; cannot be replayed here, so its compute buffers are those of a formula and may be off by a factor.</source>
        <translation>Der Rechengraph von „%1“ lässt sich hier nicht nachspielen; die Rechenpuffer stammen aus einer Formel und können um einen Faktor abweichen.</translation>
    </message>
    <message>
        <source>this release of vLLM cannot lay out layers whose pages differ so; counted are longer or padded pages, as later releases have them</source>
        <translation>diese vLLM-Version kann Schichten mit so verschiedenen Seiten nicht legen; gezählt sind längere oder aufgefüllte Seiten wie in späteren Versionen</translation>
    </message>
    <message>
        <source>This release of vLLM refuses prefix caching of a model with such recurrent states.</source>
        <translation>Diese vLLM-Version lehnt Prefix-Caching für ein Modell mit solchen rekurrenten Zuständen ab.</translation>
    </message>
    <message>
        <source>vLLM refuses a max_model_len of %1 for a model made for %2 tokens, unless rope scaling or VLLM_ALLOW_LONG_MAX_MODEL_LEN=1 stretches it</source>
        <translation>vLLM lehnt ein max_model_len von %1 für ein Modell mit %2 Token ab, wenn nicht RoPE-Scaling oder VLLM_ALLOW_LONG_MAX_MODEL_LEN=1 es streckt</translation>
    </message>
    <message>
        <source>No vLLM version given: the rules of the newest known releases (up to %1) apply.</source>
        <translation>Keine vLLM-Version angegeben: es gelten die Regeln der neuesten bekannten Versionen (bis %1).</translation>
    </message>
    <message>
        <source>vLLM %1 is newer than the rules known here (up to %2); those apply.</source>
        <translation>vLLM %1 ist neuer als die hier bekannten Regeln (bis %2); diese gelten.</translation>
    </message>
    <message>
        <source>SGLang %1 is newer than the rules known here (up to %2); those apply.</source>
        <translation>SGLang %1 ist neuer als die hier bekannten Regeln (bis %2); diese gelten.</translation>
    </message>
    <message>
        <source>Weights, activations and runtime leave no room for a KV cache at this memory utilization; vLLM refuses to start.</source>
        <translation>Gewichte, Aktivierungen und Laufzeit lassen bei diesem Speicheranteil keinen Platz für einen KV-Cache; vLLM startet nicht.</translation>
    </message>
    <message>
        <source>The vision encoder&apos;s profile run is estimated from its largest image; figures of real runs differ by up to 2 GiB.</source>
        <translation>Der Profillauf des Vision-Encoders ist aus seinem größten Bild geschätzt; echte Läufe weichen bis zu 2 GiB ab.</translation>
    </message>
    <message>
        <source>The encoder of images or sound is counted with its weights alone: what its profile run takes is not known for this class, and the KV cache will be smaller by as much.</source>
        <translation>Der Encoder für Bild oder Ton zählt nur mit seinen Gewichten: was sein Profillauf braucht, ist für diese Klasse nicht bekannt, und der KV-Cache wird um so viel kleiner.</translation>
    </message>
    <message>
        <source>The model has no vision tower; images change nothing.</source>
        <translation>Das Modell hat keinen Vision-Turm; Bilder ändern nichts.</translation>
    </message>
    <message>
        <source>The images of one request take %1 tokens, more than the context holds.</source>
        <translation>Die Bilder einer Anfrage nehmen %1 Token, mehr als der Kontext fasst.</translation>
    </message>
    <message>
        <source>The images of one request take %1 tokens of the context.</source>
        <translation>Die Bilder einer Anfrage nehmen %1 Token des Kontexts.</translation>
    </message>
    <message>
        <source>No SGLang version given: the rules of the newest known release (%1) apply.</source>
        <translation>Keine SGLang-Version angegeben: es gelten die Regeln der neuesten bekannten Version (%1).</translation>
    </message>
    <message>
        <source>The weights leave no room for a KV cache in the static share of the memory; SGLang refuses to start.</source>
        <translation>Die Gewichte lassen im statischen Anteil des Speichers keinen Platz für einen KV-Cache; SGLang startet nicht.</translation>
    </message>
    <message>
        <source>No TensorRT-LLM version given: the rules of the PyTorch backend (%1) apply.</source>
        <translation>Keine TensorRT-LLM-Version angegeben: es gelten die Regeln des PyTorch-Backends (%1).</translation>
    </message>
    <message>
        <source>The rules of engines built ahead apply; those of the PyTorch backend hold from 1.0 on.</source>
        <translation>Es gelten die Regeln vorab gebauter Engines; die des PyTorch-Backends ab 1.0.</translation>
    </message>
    <message>
        <source>Weights and the dry run leave no room for a KV cache; TensorRT-LLM refuses to start.</source>
        <translation>Gewichte und Probelauf lassen keinen Platz für einen KV-Cache; TensorRT-LLM startet nicht.</translation>
    </message>
    <message>
        <source>mlx-lm loads the text part alone; mlx-vlm and LM Studio load the vision tower as well.</source>
        <translation>mlx-lm lädt nur den Textteil; mlx-vlm und LM Studio laden auch den Vision-Turm.</translation>
    </message>
    <message>
        <source>mlx-lm has decoders only; it has no class for this model</source>
        <translation>mlx-lm hat nur Decoder; für dieses Modell hat es keine Klasse</translation>
    </message>
    <message>
        <source>mlx-lm reads MLX&apos;s own quantization, and converts of %1 what it can; the weights are counted as the checkpoint stores them.</source>
        <translation>mlx-lm liest MLX&apos; eigene Quantisierung und wandelt von %1 um, was es kann; gezählt sind die Gewichte, wie der Checkpoint sie speichert.</translation>
    </message>
    <message>
        <source>what mlx-lm makes of another tool&apos;s quantization</source>
        <translation>was mlx-lm aus der Quantisierung eines anderen Werkzeugs macht</translation>
    </message>
    <message>
        <source>MLX has no quantized form of a rotating cache: it stops with &quot;not yet implemented&quot;</source>
        <translation>MLX hat keine quantisierte Form eines rotierenden Caches: es bricht ab mit &quot;not yet implemented&quot;</translation>
    </message>
    <message>
        <source>The cache is quantized from quantized_kv_start on (5000 tokens unless asked); this context ends before.</source>
        <translation>Der Cache wird ab quantized_kv_start quantisiert (5000 Token, wenn nichts gesagt ist); dieser Kontext endet vorher.</translation>
    </message>
    <message>
        <source>mlx_lm.server keeps up to ten finished prompts&apos; caches as well; the option prompt_cache_size counts them.</source>
        <translation>mlx_lm.server behält auch die Caches von bis zu zehn beendeten Prompts; die Option prompt_cache_size zählt sie.</translation>
    </message>
    <message>
        <source>The model has no next-token layers of its own, so nothing is counted for the draft.</source>
        <translation>Das Modell hat keine eigenen Next-Token-Schichten; für den Draft ist nichts gezählt.</translation>
    </message>
    <message>
        <source>No draft model is named, so nothing is counted for it.</source>
        <translation>Kein Draft-Modell ist genannt, also ist nichts dafür gezählt.</translation>
    </message>
    <message>
        <source>EAGLE without a head drafts with the checkpoint&apos;s own next-token layers.</source>
        <translation>EAGLE ohne Kopf schlägt mit den Next-Token-Schichten des Checkpoints vor.</translation>
    </message>
    <message>
        <source>The EAGLE head is taken as one layer of the model and a projection; name it to count its own tensors.</source>
        <translation>Der EAGLE-Kopf gilt als eine Schicht des Modells und eine Projektion; genannt zählen seine eigenen Tensoren.</translation>
    </message>
    <message>
        <source>No module of the model answers to the adapter targets, so no adapter is counted.</source>
        <translation>Kein Modul des Modells passt zu den Adapter-Zielen, also ist kein Adapter gezählt.</translation>
    </message>
    <message>
        <source>No module of the model answers to the target &apos;%1&apos;; nothing is counted for it.</source>
        <translation>Kein Modul des Modells passt zum Ziel „%1“; dafür ist nichts gezählt.</translation>
    </message>
    <message>
        <source>Nothing is counted for the target %1, which lies outside the layers.</source>
        <translation>Für das Ziel %1, das außerhalb der Schichten liegt, ist nichts gezählt.</translation>
    </message>
    <message>
        <source>Nothing is counted for %1 of modules_to_save, which is trained whole.</source>
        <translation>Für %1 aus modules_to_save, das ganz trainiert wird, ist nichts gezählt.</translation>
    </message>
    <message>
        <source>what training %1 keeps</source>
        <translation>was das Training von %1 hält</translation>
    </message>
    <message>
        <source>the trained copy of %1</source>
        <translation>die trainierte Kopie von %1</translation>
    </message>
    <message>
        <source>What recurrent layers keep is counted as the code&apos;s own operators keep it; with the fused kernels of mamba-ssm, causal-conv1d or flash-linear-attention installed it is less.</source>
        <translation>Was rekurrente Schichten halten, ist gezählt wie bei den Operatoren des Codes selbst; mit den verschmolzenen Kernels von mamba-ssm, causal-conv1d oder flash-linear-attention ist es weniger.</translation>
    </message>
    <message>
        <source>What recurrent layers keep is counted as their fused kernels keep it; without those (mamba-ssm, causal-conv1d, flash-linear-attention) the code&apos;s plain loops keep several times as much.</source>
        <translation>Was rekurrente Schichten halten, ist gezählt wie bei ihren verschmolzenen Kernels; ohne sie (mamba-ssm, causal-conv1d, flash-linear-attention) halten die einfachen Schleifen des Codes ein Mehrfaches.</translation>
    </message>
    <message>
        <source>what recurrent layers keep without their kernels</source>
        <translation>was rekurrente Schichten ohne ihre Kernels halten</translation>
    </message>
    <message>
        <source>what layers keep whose keys and values are shared</source>
        <translation>was Schichten mit geteilten Keys und Values halten</translation>
    </message>
    <message>
        <source>The framework &apos;%1&apos; has no profile; it is estimated as a plain PyTorch loop with a wider band.</source>
        <translation>Für das Framework „%1“ gibt es kein Profil; geschätzt ist es als einfache PyTorch-Schleife mit breiterem Band.</translation>
    </message>
    <message>
        <source>the habits of %1</source>
        <translation>die Eigenheiten von %1</translation>
    </message>
    <message>
        <source>the host&apos;s pinned buffers of an optimizer that is swapped to a drive</source>
        <translation>die gepinnten Host-Puffer eines auf ein Laufwerk ausgelagerten Optimizers</translation>
    </message>
    <message>
        <source>what context-parallel ranks exchange in attention</source>
        <translation>was kontextparallele Ranks in der Attention austauschen</translation>
    </message>
    <message>
        <source>what expert-parallel ranks exchange</source>
        <translation>was expertenparallele Ranks austauschen</translation>
    </message>
    <message>
        <source>Tensor parallelism of %1 does not divide the %2 attention heads; the first rank&apos;s larger share is shown.</source>
        <translation>Tensorparallelität von %1 teilt die %2 Attention-Heads nicht auf; gezeigt ist der größere Anteil des ersten Ranks.</translation>
    </message>
    <message>
        <source>The reference model cannot be &apos;%1&apos; with %2 here; &apos;%3&apos; is estimated.</source>
        <translation>Das Referenzmodell kann hier mit %2 nicht „%1“ sein; geschätzt ist „%3“.</translation>
    </message>
    <message>
        <source>transformers 5 holds a layer&apos;s experts as one tensor, which bitsandbytes does not quantize: they are estimated in 16 bit.</source>
        <translation>transformers 5 hält die Experten einer Schicht als einen Tensor, den bitsandbytes nicht quantisiert: geschätzt sind 16 Bit.</translation>
    </message>
    <message>
        <source>Whether Liger-Kernel has kernels for this class, and what they keep, is not known here: its fused loss is counted, the class&apos; own operators elsewhere.</source>
        <translation>Ob Liger-Kernel für diese Klasse Kernels hat und was sie halten, ist hier nicht bekannt: gezählt ist sein verschmolzener Loss, sonst die Operatoren der Klasse.</translation>
    </message>
    <message>
        <source>what Liger-Kernel does to this class</source>
        <translation>was Liger-Kernel mit dieser Klasse macht</translation>
    </message>
    <message>
        <source>what adapters of a layer&apos;s fused experts take</source>
        <translation>was Adapter der verschmolzenen Experten einer Schicht brauchen</translation>
    </message>
    <message>
        <source>The model is an encoder; a loss over classes is assumed, not one over the vocabulary.</source>
        <translation>Das Modell ist ein Encoder; angenommen ist ein Loss über Klassen, nicht über das Vokabular.</translation>
    </message>
    <message>
        <source>Plain attention is counted as Megatron-Core&apos;s own modules run it, with torch&apos;s softmax; Apex&apos;s fused one keeps a third of the scores.</source>
        <translation>Einfache Attention ist gezählt, wie Megatron-Cores eigene Module sie ausführen, mit torchs Softmax; Apex&apos; verschmolzene hält ein Drittel der Scores.</translation>
    </message>
    <message>
        <source>attention scores past 4096 tokens, for which Megatron-Core has no fused softmax</source>
        <translation>Attention-Scores jenseits von 4096 Token, wofür Megatron-Core keinen verschmolzenen Softmax hat</translation>
    </message>
    <message>
        <source>Scores are counted as a fused softmax keeps them, which Megatron-Core does not have past 4096 tokens.</source>
        <translation>Scores sind gezählt, wie ein verschmolzener Softmax sie hält, den Megatron-Core jenseits von 4096 Token nicht hat.</translation>
    </message>
    <message>
        <source>what %1 changes</source>
        <translation>was %1 ändert</translation>
    </message>
    <message>
        <source>%1 and pipeline stages exclude each other: %2</source>
        <translation>%1 und Pipeline-Stufen schließen einander aus: %2</translation>
    </message>
    <message>
        <source>The stages of %1 are runs of whole layers on the devices of one process, which one micro-batch at a time passes: %2.</source>
        <translation>Die Stufen von %1 sind Folgen ganzer Schichten auf den Geräten eines Prozesses, die ein Micro-Batch zur Zeit durchläuft: %2.</translation>
    </message>
    <message>
        <source>%1 splits layers over devices of one process, which trains in no distributed mode (accelerate/accelerator.py, verify_device_map)</source>
        <translation>%1 verteilt Schichten über Geräte eines Prozesses, der in keinem verteilten Modus trainiert (accelerate/accelerator.py, verify_device_map)</translation>
    </message>
    <message>
        <source>%1 splits every expert over as many ranks as a layer, %2, unless it is told otherwise, and %3 ranks cannot be divided into groups of %4 times %5; with expert_tensor 1 they can</source>
        <translation>%1 teilt jeden Experten über so viele Ranks wie eine Schicht, %2, wenn nichts anderes gesagt ist, und %3 Ranks lassen sich nicht in Gruppen von %4 mal %5 teilen; mit expert_tensor 1 geht es</translation>
    </message>
    <message>
        <source>%1 data-parallel ranks cannot be divided into %2 copies of a sharded group</source>
        <translation>%1 datenparallele Ranks lassen sich nicht in %2 Kopien einer Sharding-Gruppe teilen</translation>
    </message>
    <message>
        <source>The one rank that train cannot be divided into groups of %1 that generate</source>
        <translation>Der eine trainierende Rank lässt sich nicht in generierende Gruppen zu %1 teilen</translation>
    </message>
    <message>
        <source>The %1 that train cannot be divided into groups of %2 that generate</source>
        <translation>Die trainierenden %1 lassen sich nicht in generierende Gruppen zu %2 teilen</translation>
    </message>
    <message>
        <source>%1 is taken for the format of the weights that are trained, as %2; where products alone are in 8 bit, the weights are wider (precision.compute).</source>
        <translation>%1 gilt als Format der trainierten Gewichte, da %2; wo nur Produkte in 8 Bit sind, sind die Gewichte breiter (precision.compute).</translation>
    </message>
    <message>
        <source>%1 trains no weights that are kept in %2: its fp8 is that of products (precision.compute), and the weights stay in 16 or 32 bit</source>
        <translation>%1 trainiert keine in %2 gehaltenen Gewichte: sein fp8 ist das der Produkte (precision.compute), die Gewichte bleiben in 16 oder 32 Bit</translation>
    </message>
    <message>
        <source>%1 weights have no gradients, so they cannot be trained in full; adapters on them can (qlora)</source>
        <translation>%1-Gewichte haben keine Gradienten, lassen sich also nicht voll trainieren; Adapter darauf schon (qlora)</translation>
    </message>
    <message>
        <source>%1 keeps no %2 on the host; the step is counted as one that does.</source>
        <translation>%1 hält keine %2 im Host; der Schritt ist gerechnet, als täte es das.</translation>
    </message>
    <message>
        <source>%1 keeps no %2 on a drive; the step is counted as one that does.</source>
        <translation>%1 hält keine %2 auf einem Laufwerk; der Schritt ist gerechnet, als täte es das.</translation>
    </message>
    <message>
        <source>%1 with %2 on the host, which no run combines</source>
        <translation>%1 mit %2 im Host, was kein Lauf verbindet</translation>
    </message>
    <message>
        <source>%1 with %2 on a drive, which no run combines</source>
        <translation>%1 mit %2 auf einem Laufwerk, was kein Lauf verbindet</translation>
    </message>
    <message>
        <source>optimizer states</source>
        <translation>Optimizer-Zustände</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>activations</source>
        <translation>Aktivierungen</translation>
    </message>
    <message>
        <source>%1 is a format of routed experts, of which the model has none, so all weights are taken in %2</source>
        <translation>%1 ist ein Format gerouteter Experten, die das Modell nicht hat; alle Gewichte gelten als %2</translation>
    </message>
    <message>
        <source>the method %1 has no term for it</source>
        <translation>die Methode %1 hat dafür keinen Term</translation>
    </message>
    <message>
        <source>no capacity is known that a share could be kept of</source>
        <translation>keine Kapazität ist bekannt, von der ein Anteil frei bleiben könnte</translation>
    </message>
    <message>
        <source>what %1 takes for this model and workload is the same without it</source>
        <translation>was %1 für dieses Modell und diese Aufgabe braucht, ist ohne es gleich</translation>
    </message>
    <message>
        <source>%1 changes what is held at other moments alone: the peak is the same without it.</source>
        <translation>%1 ändert nur, was in anderen Momenten gehalten wird: die Spitze ist ohne es gleich.</translation>
    </message>
    <message>
        <source>%1 changes nothing here: %2.</source>
        <translation>%1 ändert hier nichts: %2.</translation>
    </message>
    <message>
        <source>the model&apos;s assumptions</source>
        <translation>die Annahmen des Modells</translation>
    </message>
    <message>
        <source>16 bit</source>
        <translation>16 Bit</translation>
    </message>
    <message>
        <source>16-bit copies of the latent up-projections</source>
        <translation>16-Bit-Kopien der latenten Aufprojektionen</translation>
    </message>
    <message>
        <source>16-bit rotary part</source>
        <translation>16-Bit-Rotary-Teil</translation>
    </message>
    <message>
        <source>16-bit rotary width</source>
        <translation>16-Bit-Rotary-Breite</translation>
    </message>
    <message>
        <source>64-bit integers</source>
        <translation>64-Bit-Ganzzahlen</translation>
    </message>
    <message>
        <source>8 bit or a mask</source>
        <translation>8 Bit oder eine Maske</translation>
    </message>
    <message>
        <source>8-bit part</source>
        <translation>8-Bit-Teil</translation>
    </message>
    <message>
        <source>B and C</source>
        <translation>B und C</translation>
    </message>
    <message>
        <source>B × x and its convolution</source>
        <translation>B × x und seine Faltung</translation>
    </message>
    <message>
        <source>B, C and x of the projection</source>
        <translation>B, C und x der Projektion</translation>
    </message>
    <message>
        <source>CUDA context and libraries</source>
        <translation>CUDA-Kontext und Bibliotheken</translation>
    </message>
    <message>
        <source>DoRA: the adapted weight</source>
        <translation>DoRA: das angepasste Gewicht</translation>
    </message>
    <message>
        <source>KV heads</source>
        <translation>KV-Heads</translation>
    </message>
    <message>
        <source>KV heads of a rank</source>
        <translation>KV-Heads eines Ranks</translation>
    </message>
    <message>
        <source>KV heads, one per rank at least</source>
        <translation>KV-Heads, je Rank mindestens einer</translation>
    </message>
    <message>
        <source>KV rank</source>
        <translation>KV-Rang</translation>
    </message>
    <message>
        <source>MLP activations</source>
        <translation>MLP-Aktivierungen</translation>
    </message>
    <message>
        <source>MLP and mask</source>
        <translation>MLP und Maske</translation>
    </message>
    <message>
        <source>MLP layers</source>
        <translation>MLP-Schichten</translation>
    </message>
    <message>
        <source>MLP of a rank</source>
        <translation>MLP eines Ranks</translation>
    </message>
    <message>
        <source>MLP width</source>
        <translation>MLP-Breite</translation>
    </message>
    <message>
        <source>a block more</source>
        <translation>ein Block mehr</translation>
    </message>
    <message>
        <source>a chunk of logits</source>
        <translation>ein Stück Logits</translation>
    </message>
    <message>
        <source>a chunk of logits in fp32</source>
        <translation>ein Stück Logits in fp32</translation>
    </message>
    <message>
        <source>a device of its own</source>
        <translation>ein eigenes Gerät</translation>
    </message>
    <message>
        <source>a mask of one byte</source>
        <translation>eine Maske aus einem Byte</translation>
    </message>
    <message>
        <source>a multiple</source>
        <translation>ein Vielfaches</translation>
    </message>
    <message>
        <source>a page holds at least one</source>
        <translation>eine Seite hält mindestens eins</translation>
    </message>
    <message>
        <source>a rank has one token</source>
        <translation>ein Rank hat ein Token</translation>
    </message>
    <message>
        <source>a share of one is everything</source>
        <translation>ein Anteil von eins ist alles</translation>
    </message>
    <message>
        <source>a tile of logits</source>
        <translation>eine Kachel Logits</translation>
    </message>
    <message>
        <source>a view keeps the whole storage alive</source>
        <translation>ein View hält den ganzen Speicher am Leben</translation>
    </message>
    <message>
        <source>absorbed latent projections</source>
        <translation>absorbierte latente Projektionen</translation>
    </message>
    <message>
        <source>activated gate</source>
        <translation>aktiviertes Gate</translation>
    </message>
    <message>
        <source>activation function</source>
        <translation>Aktivierungsfunktion</translation>
    </message>
    <message>
        <source>activations kept for the backward pass</source>
        <translation>für den Backward gehaltene Aktivierungen</translation>
    </message>
    <message>
        <source>adapted columns</source>
        <translation>angepasste Spalten</translation>
    </message>
    <message>
        <source>adapter activations</source>
        <translation>Adapter-Aktivierungen</translation>
    </message>
    <message>
        <source>adapter of the head</source>
        <translation>Adapter des Kopfs</translation>
    </message>
    <message>
        <source>adapter parameters</source>
        <translation>Adapter-Parameter</translation>
    </message>
    <message>
        <source>adapters held</source>
        <translation>gehaltene Adapter</translation>
    </message>
    <message>
        <source>adapters loaded</source>
        <translation>geladene Adapter</translation>
    </message>
    <message>
        <source>adapters of a token</source>
        <translation>Adapter eines Tokens</translation>
    </message>
    <message>
        <source>adapters: inputs and outputs</source>
        <translation>Adapter: Ein- und Ausgaben</translation>
    </message>
    <message>
        <source>added to a row</source>
        <translation>zu einer Zeile hinzu</translation>
    </message>
    <message>
        <source>after attention and after the MLP</source>
        <translation>nach Attention und nach MLP</translation>
    </message>
    <message>
        <source>all in one</source>
        <translation>alles in einem</translation>
    </message>
    <message>
        <source>all of it</source>
        <translation>alles</translation>
    </message>
    <message>
        <source>all of them</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>all of them in the compute dtype</source>
        <translation>alle im Rechenformat</translation>
    </message>
    <message>
        <source>all of them quantized</source>
        <translation>alle quantisiert</translation>
    </message>
    <message>
        <source>all parameters in the compute dtype</source>
        <translation>alle Parameter im Rechenformat</translation>
    </message>
    <message>
        <source>all that is kept</source>
        <translation>alles, was bleibt</translation>
    </message>
    <message>
        <source>all the blocks keep</source>
        <translation>was alle Blöcke halten</translation>
    </message>
    <message>
        <source>allocated at the loss</source>
        <translation>beim Loss belegt</translation>
    </message>
    <message>
        <source>allocated at the peak</source>
        <translation>an der Spitze belegt</translation>
    </message>
    <message>
        <source>allocated before the loss, without gradients and states</source>
        <translation>vor dem Loss belegt, ohne Gradienten und Zustände</translation>
    </message>
    <message>
        <source>along the columns</source>
        <translation>entlang der Spalten</translation>
    </message>
    <message>
        <source>along the matrix</source>
        <translation>entlang der Matrix</translation>
    </message>
    <message>
        <source>along the rows</source>
        <translation>entlang der Zeilen</translation>
    </message>
    <message>
        <source>an encoder runs on one at least</source>
        <translation>ein Encoder läuft auf mindestens einem</translation>
    </message>
    <message>
        <source>an image has one at least</source>
        <translation>ein Bild hat mindestens eins</translation>
    </message>
    <message>
        <source>answers of a pair</source>
        <translation>Antworten eines Paars</translation>
    </message>
    <message>
        <source>as given</source>
        <translation>wie gegeben</translation>
    </message>
    <message>
        <source>as predicted</source>
        <translation>wie vorhergesagt</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>mindestens</translation>
    </message>
    <message>
        <source>at least one</source>
        <translation>mindestens eins</translation>
    </message>
    <message>
        <source>attention and mask</source>
        <translation>Attention und Maske</translation>
    </message>
    <message>
        <source>attention layers</source>
        <translation>Attention-Schichten</translation>
    </message>
    <message>
        <source>attention masks</source>
        <translation>Attention-Masken</translation>
    </message>
    <message>
        <source>attention of a rank</source>
        <translation>Attention eines Ranks</translation>
    </message>
    <message>
        <source>attention output</source>
        <translation>Attention-Ausgabe</translation>
    </message>
    <message>
        <source>attention output and log-sum-exp</source>
        <translation>Attention-Ausgabe und Log-Sum-Exp</translation>
    </message>
    <message>
        <source>attention probabilities</source>
        <translation>Attention-Wahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>attention scores</source>
        <translation>Attention-Scores</translation>
    </message>
    <message>
        <source>attention scores, quadratic in the tokens</source>
        <translation>Attention-Scores, quadratisch in den Token</translation>
    </message>
    <message>
        <source>attention width of a rank</source>
        <translation>Attention-Breite eines Ranks</translation>
    </message>
    <message>
        <source>autocast copies</source>
        <translation>Autocast-Kopien</translation>
    </message>
    <message>
        <source>autocast copies of a layer</source>
        <translation>Autocast-Kopien einer Schicht</translation>
    </message>
    <message>
        <source>autocast copies of weights</source>
        <translation>Autocast-Kopien der Gewichte</translation>
    </message>
    <message>
        <source>autocast copy of the head</source>
        <translation>Autocast-Kopie des Kopfs</translation>
    </message>
    <message>
        <source>average bytes per element</source>
        <translation>mittlere Bytes je Element</translation>
    </message>
    <message>
        <source>backward of attention</source>
        <translation>Backward der Attention</translation>
    </message>
    <message>
        <source>backward of the MLP</source>
        <translation>Backward des MLP</translation>
    </message>
    <message>
        <source>backward of the experts</source>
        <translation>Backward der Experten</translation>
    </message>
    <message>
        <source>backward of the mixer</source>
        <translation>Backward des Mixers</translation>
    </message>
    <message>
        <source>backward starts at the head</source>
        <translation>Backward beginnt am Kopf</translation>
    </message>
    <message>
        <source>batched tokens</source>
        <translation>gebatchte Token</translation>
    </message>
    <message>
        <source>batches in flight</source>
        <translation>laufende Batches</translation>
    </message>
    <message>
        <source>batches padded to their longest sample</source>
        <translation>bis zum längsten Beispiel aufgefüllte Batches</translation>
    </message>
    <message>
        <source>beside embedding and head, and in the adapter</source>
        <translation>neben Embedding und Kopf, und im Adapter</translation>
    </message>
    <message>
        <source>bits of a byte</source>
        <translation>Bits eines Bytes</translation>
    </message>
    <message>
        <source>block in recomputation</source>
        <translation>Block in Neuberechnung</translation>
    </message>
    <message>
        <source>block scales</source>
        <translation>Blockskalen</translation>
    </message>
    <message>
        <source>blocks freed after the loss</source>
        <translation>nach dem Loss freie Blöcke</translation>
    </message>
    <message>
        <source>blocks of a row</source>
        <translation>Blöcke einer Zeile</translation>
    </message>
    <message>
        <source>blocks of all groups</source>
        <translation>Blöcke aller Gruppen</translation>
    </message>
    <message>
        <source>blocks of scales</source>
        <translation>Blöcke von Skalen</translation>
    </message>
    <message>
        <source>blocks of the loss</source>
        <translation>Blöcke des Loss</translation>
    </message>
    <message>
        <source>blocks of the loss beyond the peak</source>
        <translation>Blöcke des Loss über der Spitze</translation>
    </message>
    <message>
        <source>blocks of the loss that are not reused</source>
        <translation>nicht wiederverwendete Blöcke des Loss</translation>
    </message>
    <message>
        <source>blocks on the device</source>
        <translation>Blöcke auf dem Gerät</translation>
    </message>
    <message>
        <source>blocks on their way to the host</source>
        <translation>Blöcke auf dem Weg zum Host</translation>
    </message>
    <message>
        <source>borders of chunks</source>
        <translation>Grenzen der Stücke</translation>
    </message>
    <message>
        <source>both parts</source>
        <translation>beide Teile</translation>
    </message>
    <message>
        <source>bytes gathered</source>
        <translation>gesammelte Bytes</translation>
    </message>
    <message>
        <source>bytes gathered outside the blocks</source>
        <translation>außerhalb der Blöcke gesammelte Bytes</translation>
    </message>
    <message>
        <source>bytes handed out</source>
        <translation>ausgegebene Bytes</translation>
    </message>
    <message>
        <source>bytes left</source>
        <translation>übrige Bytes</translation>
    </message>
    <message>
        <source>bytes left to gather</source>
        <translation>noch zu sammelnde Bytes</translation>
    </message>
    <message>
        <source>bytes of a block</source>
        <translation>Bytes eines Blocks</translation>
    </message>
    <message>
        <source>bytes of a chunk in fp32</source>
        <translation>Bytes eines Stücks in fp32</translation>
    </message>
    <message>
        <source>bytes of a chunk of fp32 logits</source>
        <translation>Bytes eines Stücks fp32-Logits</translation>
    </message>
    <message>
        <source>bytes of a gathered block</source>
        <translation>Bytes eines gesammelten Blocks</translation>
    </message>
    <message>
        <source>bytes of a group</source>
        <translation>Bytes einer Gruppe</translation>
    </message>
    <message>
        <source>bytes of a hidden state per token</source>
        <translation>Bytes eines Hidden State je Token</translation>
    </message>
    <message>
        <source>bytes of a key</source>
        <translation>Bytes eines Keys</translation>
    </message>
    <message>
        <source>bytes of a key and a value</source>
        <translation>Bytes eines Keys und eines Values</translation>
    </message>
    <message>
        <source>bytes of a logit</source>
        <translation>Bytes eines Logits</translation>
    </message>
    <message>
        <source>bytes of a mark</source>
        <translation>Bytes einer Marke</translation>
    </message>
    <message>
        <source>bytes of a page</source>
        <translation>Bytes einer Seite</translation>
    </message>
    <message>
        <source>bytes of a row</source>
        <translation>Bytes einer Zeile</translation>
    </message>
    <message>
        <source>bytes of a scale</source>
        <translation>Bytes einer Skala</translation>
    </message>
    <message>
        <source>bytes of a state</source>
        <translation>Bytes eines Zustands</translation>
    </message>
    <message>
        <source>bytes of a step</source>
        <translation>Bytes eines Schritts</translation>
    </message>
    <message>
        <source>bytes of a token</source>
        <translation>Bytes eines Tokens</translation>
    </message>
    <message>
        <source>bytes of a value</source>
        <translation>Bytes eines Values</translation>
    </message>
    <message>
        <source>bytes of all layers</source>
        <translation>Bytes aller Schichten</translation>
    </message>
    <message>
        <source>bytes of an entry</source>
        <translation>Bytes eines Eintrags</translation>
    </message>
    <message>
        <source>bytes of an index entry</source>
        <translation>Bytes eines Index-Eintrags</translation>
    </message>
    <message>
        <source>bytes of at most two blocks</source>
        <translation>Bytes von höchstens zwei Blöcken</translation>
    </message>
    <message>
        <source>bytes of gathered parameters</source>
        <translation>Bytes gesammelter Parameter</translation>
    </message>
    <message>
        <source>bytes of its copy</source>
        <translation>Bytes seiner Kopie</translation>
    </message>
    <message>
        <source>bytes of its own estimate</source>
        <translation>Bytes der eigenen Schätzung</translation>
    </message>
    <message>
        <source>bytes of its share, as served</source>
        <translation>Bytes seines Anteils, wie ausgeliefert</translation>
    </message>
    <message>
        <source>bytes of one</source>
        <translation>Bytes von einem</translation>
    </message>
    <message>
        <source>bytes of routed experts</source>
        <translation>Bytes gerouteter Experten</translation>
    </message>
    <message>
        <source>bytes of segments beyond the peak</source>
        <translation>Bytes der Segmente über der Spitze</translation>
    </message>
    <message>
        <source>bytes of the embedding</source>
        <translation>Bytes des Embeddings</translation>
    </message>
    <message>
        <source>bytes of the largest block</source>
        <translation>Bytes des größten Blocks</translation>
    </message>
    <message>
        <source>bytes of the largest state</source>
        <translation>Bytes des größten Zustands</translation>
    </message>
    <message>
        <source>bytes of the states</source>
        <translation>Bytes der Zustände</translation>
    </message>
    <message>
        <source>bytes of the states per parameter</source>
        <translation>Bytes der Zustände je Parameter</translation>
    </message>
    <message>
        <source>bytes of the tensors</source>
        <translation>Bytes der Tensoren</translation>
    </message>
    <message>
        <source>bytes of the weights</source>
        <translation>Bytes der Gewichte</translation>
    </message>
    <message>
        <source>bytes of two head gradients</source>
        <translation>Bytes zweier Kopf-Gradienten</translation>
    </message>
    <message>
        <source>bytes per cell and layer of the indexer</source>
        <translation>Bytes je Zelle und Schicht des Indexers</translation>
    </message>
    <message>
        <source>bytes per cell and layer, keys and values</source>
        <translation>Bytes je Zelle und Schicht, Keys und Values</translation>
    </message>
    <message>
        <source>bytes per element</source>
        <translation>Bytes je Element</translation>
    </message>
    <message>
        <source>bytes per element of the adapters</source>
        <translation>Bytes je Element der Adapter</translation>
    </message>
    <message>
        <source>bytes per element of the compute dtype</source>
        <translation>Bytes je Element des Rechenformats</translation>
    </message>
    <message>
        <source>bytes per element of the reduction</source>
        <translation>Bytes je Element der Reduktion</translation>
    </message>
    <message>
        <source>bytes per element that were counted</source>
        <translation>gezählte Bytes je Element</translation>
    </message>
    <message>
        <source>bytes per element, gradient and its reduction</source>
        <translation>Bytes je Element, Gradient und seine Reduktion</translation>
    </message>
    <message>
        <source>bytes per element, scales included</source>
        <translation>Bytes je Element, mit Skalen</translation>
    </message>
    <message>
        <source>bytes per gradient</source>
        <translation>Bytes je Gradient</translation>
    </message>
    <message>
        <source>bytes per layer</source>
        <translation>Bytes je Schicht</translation>
    </message>
    <message>
        <source>bytes per logit</source>
        <translation>Bytes je Logit</translation>
    </message>
    <message>
        <source>bytes per logit more</source>
        <translation>Bytes je Logit mehr</translation>
    </message>
    <message>
        <source>bytes per master weight</source>
        <translation>Bytes je Master-Gewicht</translation>
    </message>
    <message>
        <source>bytes per parameter</source>
        <translation>Bytes je Parameter</translation>
    </message>
    <message>
        <source>bytes per rank</source>
        <translation>Bytes je Rank</translation>
    </message>
    <message>
        <source>bytes per score</source>
        <translation>Bytes je Score</translation>
    </message>
    <message>
        <source>bytes per sequence</source>
        <translation>Bytes je Sequenz</translation>
    </message>
    <message>
        <source>bytes per sequence and layer</source>
        <translation>Bytes je Sequenz und Schicht</translation>
    </message>
    <message>
        <source>bytes per sequence and layer of a rank</source>
        <translation>Bytes je Sequenz und Schicht eines Ranks</translation>
    </message>
    <message>
        <source>bytes per state</source>
        <translation>Bytes je Zustand</translation>
    </message>
    <message>
        <source>bytes per token</source>
        <translation>Bytes je Token</translation>
    </message>
    <message>
        <source>bytes per token and layer</source>
        <translation>Bytes je Token und Schicht</translation>
    </message>
    <message>
        <source>bytes per token and layer of one of them</source>
        <translation>Bytes je Token und Schicht von einem davon</translation>
    </message>
    <message>
        <source>bytes per token of all layers</source>
        <translation>Bytes je Token aller Schichten</translation>
    </message>
    <message>
        <source>bytes per token of gradients</source>
        <translation>Bytes je Token an Gradienten</translation>
    </message>
    <message>
        <source>bytes per token of the largest block</source>
        <translation>Bytes je Token des größten Blocks</translation>
    </message>
    <message>
        <source>bytes per token of the widest layer</source>
        <translation>Bytes je Token der breitesten Schicht</translation>
    </message>
    <message>
        <source>bytes per weight</source>
        <translation>Bytes je Gewicht</translation>
    </message>
    <message>
        <source>bytes that quantizing saves</source>
        <translation>durch Quantisieren gesparte Bytes</translation>
    </message>
    <message>
        <source>bytes that row and tensor alignment add</source>
        <translation>durch Zeilen- und Tensor-Ausrichtung zusätzliche Bytes</translation>
    </message>
    <message>
        <source>bytes that sharding saves</source>
        <translation>durch Sharding gesparte Bytes</translation>
    </message>
    <message>
        <source>bytes that whole logits have more</source>
        <translation>was ganze Logits mehr an Bytes haben</translation>
    </message>
    <message>
        <source>bytes used</source>
        <translation>genutzte Bytes</translation>
    </message>
    <message>
        <source>cache of one sequence</source>
        <translation>Cache einer Sequenz</translation>
    </message>
    <message>
        <source>cached blocks</source>
        <translation>Blöcke im Cache</translation>
    </message>
    <message>
        <source>cached bytes per hidden unit</source>
        <translation>gecachte Bytes je Hidden-Einheit</translation>
    </message>
    <message>
        <source>cached bytes per logit</source>
        <translation>gecachte Bytes je Logit</translation>
    </message>
    <message>
        <source>caches of finished prompts</source>
        <translation>Caches beendeter Prompts</translation>
    </message>
    <message>
        <source>capped scores</source>
        <translation>gekappte Scores</translation>
    </message>
    <message>
        <source>captured graphs</source>
        <translation>aufgezeichnete Graphen</translation>
    </message>
    <message>
        <source>captured graphs, fixed part</source>
        <translation>aufgezeichnete Graphen, fester Teil</translation>
    </message>
    <message>
        <source>cells of a sequence</source>
        <translation>Zellen einer Sequenz</translation>
    </message>
    <message>
        <source>cells of a stream</source>
        <translation>Zellen eines Streams</translation>
    </message>
    <message>
        <source>cells of all streams</source>
        <translation>Zellen aller Streams</translation>
    </message>
    <message>
        <source>cells of the window</source>
        <translation>Zellen des Fensters</translation>
    </message>
    <message>
        <source>checkpointed layers</source>
        <translation>gecheckpointete Schichten</translation>
    </message>
    <message>
        <source>checkpointed layers of all micro-batches</source>
        <translation>gecheckpointete Schichten aller Micro-Batches</translation>
    </message>
    <message>
        <source>chosen and rejected</source>
        <translation>gewählt und abgelehnt</translation>
    </message>
    <message>
        <source>chosen experts</source>
        <translation>gewählte Experten</translation>
    </message>
    <message>
        <source>chunk and piece</source>
        <translation>Stück und Teilstück</translation>
    </message>
    <message>
        <source>chunks in flight</source>
        <translation>laufende Stücke</translation>
    </message>
    <message>
        <source>chunks of a group</source>
        <translation>Stücke einer Gruppe</translation>
    </message>
    <message>
        <source>chunks of a stage</source>
        <translation>Stücke einer Stufe</translation>
    </message>
    <message>
        <source>chunks of a step</source>
        <translation>Stücke eines Schritts</translation>
    </message>
    <message>
        <source>chunks of all groups</source>
        <translation>Stücke aller Gruppen</translation>
    </message>
    <message>
        <source>chunks of each</source>
        <translation>Stücke von jedem</translation>
    </message>
    <message>
        <source>chunks of the other rounds</source>
        <translation>Stücke der anderen Runden</translation>
    </message>
    <message>
        <source>chunks started</source>
        <translation>begonnene Stücke</translation>
    </message>
    <message>
        <source>collective communication</source>
        <translation>kollektive Kommunikation</translation>
    </message>
    <message>
        <source>columns added once</source>
        <translation>einmal hinzugefügte Spalten</translation>
    </message>
    <message>
        <source>columns of a head</source>
        <translation>Spalten eines Heads</translation>
    </message>
    <message>
        <source>columns of a rank</source>
        <translation>Spalten eines Ranks</translation>
    </message>
    <message>
        <source>columns of the identity</source>
        <translation>Spalten der Einheitsmatrix</translation>
    </message>
    <message>
        <source>columns of tiles</source>
        <translation>Spalten von Kacheln</translation>
    </message>
    <message>
        <source>columns, filled up</source>
        <translation>Spalten, aufgefüllt</translation>
    </message>
    <message>
        <source>command buffers</source>
        <translation>Befehlspuffer</translation>
    </message>
    <message>
        <source>communication buffers</source>
        <translation>Kommunikationspuffer</translation>
    </message>
    <message>
        <source>completions of a round</source>
        <translation>Completions einer Runde</translation>
    </message>
    <message>
        <source>compressor state</source>
        <translation>Kompressor-Zustand</translation>
    </message>
    <message>
        <source>compute buffer</source>
        <translation>Rechenpuffer</translation>
    </message>
    <message>
        <source>context parallelism keeps it before and after the exchange</source>
        <translation>Kontextparallelität hält es vor und nach dem Austausch</translation>
    </message>
    <message>
        <source>context-parallel ranks</source>
        <translation>kontextparallele Ranks</translation>
    </message>
    <message>
        <source>convolution inputs</source>
        <translation>Faltungseingaben</translation>
    </message>
    <message>
        <source>convolution inputs and state</source>
        <translation>Faltungseingaben und Zustand</translation>
    </message>
    <message>
        <source>convolved channels</source>
        <translation>gefaltete Kanäle</translation>
    </message>
    <message>
        <source>copied attention output</source>
        <translation>kopierte Attention-Ausgabe</translation>
    </message>
    <message>
        <source>copied input of the last matrix</source>
        <translation>kopierte Eingabe der letzten Matrix</translation>
    </message>
    <message>
        <source>copies of the group that shards</source>
        <translation>Kopien der Sharding-Gruppe</translation>
    </message>
    <message>
        <source>copies of the states along a prompt</source>
        <translation>Kopien der Zustände entlang eines Prompts</translation>
    </message>
    <message>
        <source>corrections and scalars</source>
        <translation>Korrekturen und Skalare</translation>
    </message>
    <message>
        <source>cuBLAS workspace</source>
        <translation>cuBLAS-Workspace</translation>
    </message>
    <message>
        <source>data- and context-parallel ranks</source>
        <translation>daten- und kontextparallele Ranks</translation>
    </message>
    <message>
        <source>data-parallel ranks</source>
        <translation>datenparallele Ranks</translation>
    </message>
    <message>
        <source>decoder buffers: logits</source>
        <translation>Decoder-Puffer: Logits</translation>
    </message>
    <message>
        <source>decoder buffers: tokens</source>
        <translation>Decoder-Puffer: Token</translation>
    </message>
    <message>
        <source>dequantized experts of a layer</source>
        <translation>entquantisierte Experten einer Schicht</translation>
    </message>
    <message>
        <source>dequantized matrices</source>
        <translation>entquantisierte Matrizen</translation>
    </message>
    <message>
        <source>device context</source>
        <translation>Gerätekontext</translation>
    </message>
    <message>
        <source>device context and communication buffers</source>
        <translation>Gerätekontext und Kommunikationspuffer</translation>
    </message>
    <message>
        <source>device context and libraries</source>
        <translation>Gerätekontext und Bibliotheken</translation>
    </message>
    <message>
        <source>device memory</source>
        <translation>Gerätespeicher</translation>
    </message>
    <message>
        <source>device tensors inside the mapped range of the file</source>
        <translation>Gerätetensoren im abgebildeten Bereich der Datei</translation>
    </message>
    <message>
        <source>devices of one engine</source>
        <translation>Geräte einer Engine</translation>
    </message>
    <message>
        <source>devices that experts are spread over</source>
        <translation>Geräte, über die Experten verteilt sind</translation>
    </message>
    <message>
        <source>devices that hold it</source>
        <translation>Geräte, die es halten</translation>
    </message>
    <message>
        <source>devices that share an expert</source>
        <translation>Geräte, die sich einen Experten teilen</translation>
    </message>
    <message>
        <source>devices that share it</source>
        <translation>Geräte, die es sich teilen</translation>
    </message>
    <message>
        <source>devices that share the experts</source>
        <translation>Geräte, die sich die Experten teilen</translation>
    </message>
    <message>
        <source>devices that share them</source>
        <translation>Geräte, die sie sich teilen</translation>
    </message>
    <message>
        <source>draft layer</source>
        <translation>Draft-Schicht</translation>
    </message>
    <message>
        <source>draft tokens</source>
        <translation>Draft-Token</translation>
    </message>
    <message>
        <source>drafted tokens</source>
        <translation>vorgeschlagene Token</translation>
    </message>
    <message>
        <source>dropped copies</source>
        <translation>Kopien nach Dropout</translation>
    </message>
    <message>
        <source>dropped inputs</source>
        <translation>Eingaben nach Dropout</translation>
    </message>
    <message>
        <source>dropped probabilities</source>
        <translation>Wahrscheinlichkeiten nach Dropout</translation>
    </message>
    <message>
        <source>dt before and after its projection</source>
        <translation>dt vor und nach seiner Projektion</translation>
    </message>
    <message>
        <source>eight bits</source>
        <translation>acht Bit</translation>
    </message>
    <message>
        <source>elements at most</source>
        <translation>höchstens Elemente</translation>
    </message>
    <message>
        <source>elements of Linear weights</source>
        <translation>Elemente der Linear-Gewichte</translation>
    </message>
    <message>
        <source>elements of a block</source>
        <translation>Elemente eines Blocks</translation>
    </message>
    <message>
        <source>elements of a bucket</source>
        <translation>Elemente eines Buckets</translation>
    </message>
    <message>
        <source>elements of a buffer</source>
        <translation>Elemente eines Puffers</translation>
    </message>
    <message>
        <source>elements of a group</source>
        <translation>Elemente einer Gruppe</translation>
    </message>
    <message>
        <source>elements of a key</source>
        <translation>Elemente eines Keys</translation>
    </message>
    <message>
        <source>elements of a latent key</source>
        <translation>Elemente eines latenten Keys</translation>
    </message>
    <message>
        <source>elements of a latent value</source>
        <translation>Elemente eines latenten Values</translation>
    </message>
    <message>
        <source>elements of a row</source>
        <translation>Elemente einer Zeile</translation>
    </message>
    <message>
        <source>elements of a scale</source>
        <translation>Elemente einer Skala</translation>
    </message>
    <message>
        <source>elements of a state</source>
        <translation>Elemente eines Zustands</translation>
    </message>
    <message>
        <source>elements of a token</source>
        <translation>Elemente eines Tokens</translation>
    </message>
    <message>
        <source>elements of a value</source>
        <translation>Elemente eines Values</translation>
    </message>
    <message>
        <source>elements of key and value</source>
        <translation>Elemente von Key und Value</translation>
    </message>
    <message>
        <source>elements of one</source>
        <translation>Elemente von einem</translation>
    </message>
    <message>
        <source>elements of routed experts</source>
        <translation>Elemente gerouteter Experten</translation>
    </message>
    <message>
        <source>elements of the experts</source>
        <translation>Elemente der Experten</translation>
    </message>
    <message>
        <source>elements of the largest block</source>
        <translation>Elemente des größten Blocks</translation>
    </message>
    <message>
        <source>elements of the largest gradient</source>
        <translation>Elemente des größten Gradienten</translation>
    </message>
    <message>
        <source>elements of the largest matrix</source>
        <translation>Elemente der größten Matrix</translation>
    </message>
    <message>
        <source>elements of the largest tensor</source>
        <translation>Elemente des größten Tensors</translation>
    </message>
    <message>
        <source>elements of the weights</source>
        <translation>Elemente der Gewichte</translation>
    </message>
    <message>
        <source>elements of the widest value</source>
        <translation>Elemente des breitesten Values</translation>
    </message>
    <message>
        <source>elements of tower and projector</source>
        <translation>Elemente von Turm und Projektor</translation>
    </message>
    <message>
        <source>elements on the rank</source>
        <translation>Elemente auf dem Rank</translation>
    </message>
    <message>
        <source>elements on this rank</source>
        <translation>Elemente auf diesem Rank</translation>
    </message>
    <message>
        <source>elements outside the blocks</source>
        <translation>Elemente außerhalb der Blöcke</translation>
    </message>
    <message>
        <source>elements per expert</source>
        <translation>Elemente je Experte</translation>
    </message>
    <message>
        <source>elements per token</source>
        <translation>Elemente je Token</translation>
    </message>
    <message>
        <source>elements stored in this format</source>
        <translation>in diesem Format gespeicherte Elemente</translation>
    </message>
    <message>
        <source>embedding and hidden state</source>
        <translation>Embedding und Hidden State</translation>
    </message>
    <message>
        <source>embedding elements</source>
        <translation>Elemente des Embeddings</translation>
    </message>
    <message>
        <source>embedding of one token per sequence</source>
        <translation>Embedding eines Tokens je Sequenz</translation>
    </message>
    <message>
        <source>embedding, whole on every rank</source>
        <translation>Embedding, ganz auf jedem Rank</translation>
    </message>
    <message>
        <source>encoder tokens</source>
        <translation>Encoder-Token</translation>
    </message>
    <message>
        <source>encoding of an image, beyond the text model&apos;s graph</source>
        <translation>Kodieren eines Bilds, über den Graphen des Textmodells hinaus</translation>
    </message>
    <message>
        <source>entries of a block</source>
        <translation>Einträge eines Blocks</translation>
    </message>
    <message>
        <source>every n-th block is checkpointed</source>
        <translation>jeder n-te Block wird gecheckpointet</translation>
    </message>
    <message>
        <source>everything else</source>
        <translation>alles andere</translation>
    </message>
    <message>
        <source>exchanged attention output</source>
        <translation>ausgetauschte Attention-Ausgabe</translation>
    </message>
    <message>
        <source>execution context</source>
        <translation>Ausführungskontext</translation>
    </message>
    <message>
        <source>expert activations</source>
        <translation>Experten-Aktivierungen</translation>
    </message>
    <message>
        <source>expert tensor-parallel ranks</source>
        <translation>expertentensorparallele Ranks</translation>
    </message>
    <message>
        <source>expert width</source>
        <translation>Expertenbreite</translation>
    </message>
    <message>
        <source>expert width of a rank</source>
        <translation>Expertenbreite eines Ranks</translation>
    </message>
    <message>
        <source>expert-parallel ranks</source>
        <translation>expertenparallele Ranks</translation>
    </message>
    <message>
        <source>experts of a rank</source>
        <translation>Experten eines Ranks</translation>
    </message>
    <message>
        <source>experts of a token</source>
        <translation>Experten eines Tokens</translation>
    </message>
    <message>
        <source>experts per token</source>
        <translation>Experten je Token</translation>
    </message>
    <message>
        <source>filled up</source>
        <translation>aufgefüllt</translation>
    </message>
    <message>
        <source>flat partition of the gradients</source>
        <translation>flache Partition der Gradienten</translation>
    </message>
    <message>
        <source>fp16, with its zero point if any</source>
        <translation>fp16, gegebenenfalls mit Nullpunkt</translation>
    </message>
    <message>
        <source>fp32 copy of the last row</source>
        <translation>fp32-Kopie der letzten Zeile</translation>
    </message>
    <message>
        <source>fp32 logits, log-softmax and gradient, 4 bytes each</source>
        <translation>fp32-Logits, Log-Softmax und Gradient, je 4 Byte</translation>
    </message>
    <message>
        <source>fp32 softmax</source>
        <translation>fp32-Softmax</translation>
    </message>
    <message>
        <source>fp32 sums of a token, values and scores</source>
        <translation>fp32-Summen eines Tokens, Values und Scores</translation>
    </message>
    <message>
        <source>free blocks between them</source>
        <translation>freie Blöcke dazwischen</translation>
    </message>
    <message>
        <source>free memory lost while loading</source>
        <translation>beim Laden verlorener freier Speicher</translation>
    </message>
    <message>
        <source>freed and not reused</source>
        <translation>freigegeben, nicht wiederverwendet</translation>
    </message>
    <message>
        <source>fused query projection</source>
        <translation>verschmolzene Query-Projektion</translation>
    </message>
    <message>
        <source>fused width</source>
        <translation>verschmolzene Breite</translation>
    </message>
    <message>
        <source>gate and up</source>
        <translation>Gate und Up</translation>
    </message>
    <message>
        <source>gate and up of the experts</source>
        <translation>Gate und Up der Experten</translation>
    </message>
    <message>
        <source>gate, up and product</source>
        <translation>Gate, Up und Produkt</translation>
    </message>
    <message>
        <source>gate, up and product of one MLP</source>
        <translation>Gate, Up und Produkt eines MLP</translation>
    </message>
    <message>
        <source>gated delta net kernels</source>
        <translation>Gated-DeltaNet-Kernels</translation>
    </message>
    <message>
        <source>gated output</source>
        <translation>Ausgabe mit Gate</translation>
    </message>
    <message>
        <source>gather buffers</source>
        <translation>Sammelpuffer</translation>
    </message>
    <message>
        <source>gathered blocks</source>
        <translation>gesammelte Blöcke</translation>
    </message>
    <message>
        <source>gathered embeddings and head</source>
        <translation>gesammelte Embeddings und Kopf</translation>
    </message>
    <message>
        <source>gathered weights</source>
        <translation>gesammelte Gewichte</translation>
    </message>
    <message>
        <source>gradient buckets</source>
        <translation>Gradienten-Buckets</translation>
    </message>
    <message>
        <source>gradient of the head</source>
        <translation>Gradient des Kopfs</translation>
    </message>
    <message>
        <source>gradient of the logits</source>
        <translation>Gradient der Logits</translation>
    </message>
    <message>
        <source>gradients at the end of backward</source>
        <translation>Gradienten am Ende des Backward</translation>
    </message>
    <message>
        <source>gradients at the loss</source>
        <translation>Gradienten beim Loss</translation>
    </message>
    <message>
        <source>gradients in flight</source>
        <translation>laufende Gradienten</translation>
    </message>
    <message>
        <source>gradients of a block before and in their reduction</source>
        <translation>Gradienten eines Blocks vor und in der Reduktion</translation>
    </message>
    <message>
        <source>gradients of keys and values</source>
        <translation>Gradienten von Keys und Values</translation>
    </message>
    <message>
        <source>gradients of queries and output</source>
        <translation>Gradienten von Queries und Ausgabe</translation>
    </message>
    <message>
        <source>gradients of the inner width</source>
        <translation>Gradienten der inneren Breite</translation>
    </message>
    <message>
        <source>gradients of the logits</source>
        <translation>Gradienten der Logits</translation>
    </message>
    <message>
        <source>gradients that come after the loss</source>
        <translation>Gradienten nach dem Loss</translation>
    </message>
    <message>
        <source>groups of a row</source>
        <translation>Gruppen einer Zeile</translation>
    </message>
    <message>
        <source>groups of chunks</source>
        <translation>Gruppen von Stücken</translation>
    </message>
    <message>
        <source>groups of the layers</source>
        <translation>Gruppen der Schichten</translation>
    </message>
    <message>
        <source>groups, one for each rank</source>
        <translation>Gruppen, eine je Rank</translation>
    </message>
    <message>
        <source>half of what is free</source>
        <translation>die Hälfte des Freien</translation>
    </message>
    <message>
        <source>head and value size</source>
        <translation>Head- und Value-Größe</translation>
    </message>
    <message>
        <source>head elements</source>
        <translation>Elemente des Kopfs</translation>
    </message>
    <message>
        <source>head gradient of the chunked loss</source>
        <translation>Kopf-Gradient des gestückelten Loss</translation>
    </message>
    <message>
        <source>head size</source>
        <translation>Head-Größe</translation>
    </message>
    <message>
        <source>head size without position</source>
        <translation>Head-Größe ohne Position</translation>
    </message>
    <message>
        <source>heads and their size</source>
        <translation>Heads und ihre Größe</translation>
    </message>
    <message>
        <source>heads of a rank</source>
        <translation>Heads eines Ranks</translation>
    </message>
    <message>
        <source>heads of keys and values</source>
        <translation>Heads von Keys und Values</translation>
    </message>
    <message>
        <source>heads of keys and values of a rank</source>
        <translation>Heads von Keys und Values eines Ranks</translation>
    </message>
    <message>
        <source>heads of queries, keys and values</source>
        <translation>Heads von Queries, Keys und Values</translation>
    </message>
    <message>
        <source>heads or halves of the matrix</source>
        <translation>Heads oder Hälften der Matrix</translation>
    </message>
    <message>
        <source>heads or halves of the part</source>
        <translation>Heads oder Hälften des Teils</translation>
    </message>
    <message>
        <source>held twice</source>
        <translation>doppelt gehalten</translation>
    </message>
    <message>
        <source>hidden of the draft</source>
        <translation>Hidden Size des Drafts</translation>
    </message>
    <message>
        <source>hidden size</source>
        <translation>Hidden Size</translation>
    </message>
    <message>
        <source>hidden state and residual</source>
        <translation>Hidden State und Residuum</translation>
    </message>
    <message>
        <source>hidden state received from the stage before</source>
        <translation>von der vorigen Stufe empfangener Hidden State</translation>
    </message>
    <message>
        <source>hidden states</source>
        <translation>Hidden States</translation>
    </message>
    <message>
        <source>hidden states of one layer</source>
        <translation>Hidden States einer Schicht</translation>
    </message>
    <message>
        <source>image embeddings kept for the forward pass</source>
        <translation>für den Forward gehaltene Bild-Embeddings</translation>
    </message>
    <message>
        <source>image size</source>
        <translation>Bildgröße</translation>
    </message>
    <message>
        <source>image tokens</source>
        <translation>Bild-Token</translation>
    </message>
    <message>
        <source>images asked for</source>
        <translation>gefragte Bilder</translation>
    </message>
    <message>
        <source>images in the batched tokens</source>
        <translation>Bilder in den gebatchten Token</translation>
    </message>
    <message>
        <source>images of a request</source>
        <translation>Bilder einer Anfrage</translation>
    </message>
    <message>
        <source>in and out</source>
        <translation>hinein und hinaus</translation>
    </message>
    <message>
        <source>in one</source>
        <translation>in einem</translation>
    </message>
    <message>
        <source>index head size</source>
        <translation>Head-Größe des Index</translation>
    </message>
    <message>
        <source>inner width</source>
        <translation>innere Breite</translation>
    </message>
    <message>
        <source>input of attention</source>
        <translation>Eingabe der Attention</translation>
    </message>
    <message>
        <source>input of the MLP</source>
        <translation>Eingabe des MLP</translation>
    </message>
    <message>
        <source>input of the last matrix</source>
        <translation>Eingabe der letzten Matrix</translation>
    </message>
    <message>
        <source>input of the mixer</source>
        <translation>Eingabe des Mixers</translation>
    </message>
    <message>
        <source>input of the router and shared experts</source>
        <translation>Eingabe des Routers und geteilter Experten</translation>
    </message>
    <message>
        <source>inputs and outputs</source>
        <translation>Ein- und Ausgaben</translation>
    </message>
    <message>
        <source>inputs and outputs of all modules</source>
        <translation>Ein- und Ausgaben aller Module</translation>
    </message>
    <message>
        <source>inputs cast by autocast</source>
        <translation>durch Autocast gewandelte Eingaben</translation>
    </message>
    <message>
        <source>inputs cast for the adapters</source>
        <translation>für die Adapter gewandelte Eingaben</translation>
    </message>
    <message>
        <source>inputs kept</source>
        <translation>gehaltene Eingaben</translation>
    </message>
    <message>
        <source>inputs of 4-bit products</source>
        <translation>Eingaben von 4-Bit-Produkten</translation>
    </message>
    <message>
        <source>inputs of Linear layers</source>
        <translation>Eingaben von Linear-Schichten</translation>
    </message>
    <message>
        <source>inputs of checkpointed blocks</source>
        <translation>Eingaben gecheckpointeter Blöcke</translation>
    </message>
    <message>
        <source>inputs of the adapters</source>
        <translation>Eingaben der Adapter</translation>
    </message>
    <message>
        <source>inputs, at most what the blocks keep</source>
        <translation>Eingaben, höchstens was die Blöcke halten</translation>
    </message>
    <message>
        <source>inside an expert</source>
        <translation>in einem Experten</translation>
    </message>
    <message>
        <source>intermediate size</source>
        <translation>Zwischengröße</translation>
    </message>
    <message>
        <source>its gradient</source>
        <translation>sein Gradient</translation>
    </message>
    <message>
        <source>its input and output</source>
        <translation>seine Ein- und Ausgabe</translation>
    </message>
    <message>
        <source>its share of the device</source>
        <translation>sein Anteil am Gerät</translation>
    </message>
    <message>
        <source>its share of the device less its weights</source>
        <translation>sein Anteil am Gerät ohne seine Gewichte</translation>
    </message>
    <message>
        <source>its tokens</source>
        <translation>seine Token</translation>
    </message>
    <message>
        <source>its weights</source>
        <translation>seine Gewichte</translation>
    </message>
    <message>
        <source>kept activations</source>
        <translation>gehaltene Aktivierungen</translation>
    </message>
    <message>
        <source>kept by the other blocks</source>
        <translation>von den anderen Blöcken gehalten</translation>
    </message>
    <message>
        <source>kept of a micro-batch</source>
        <translation>von einem Micro-Batch gehalten</translation>
    </message>
    <message>
        <source>kept per token</source>
        <translation>je Token gehalten</translation>
    </message>
    <message>
        <source>kept with checkpointing</source>
        <translation>mit Checkpointing gehalten</translation>
    </message>
    <message>
        <source>kept without checkpointing beyond what is kept with</source>
        <translation>ohne Checkpointing mehr gehalten als mit</translation>
    </message>
    <message>
        <source>kernels outside torch, between nothing and all that was seen</source>
        <translation>Kernels außerhalb von torch, zwischen nichts und allem Gesehenen</translation>
    </message>
    <message>
        <source>key and value size</source>
        <translation>Key- und Value-Größe</translation>
    </message>
    <message>
        <source>key and value width</source>
        <translation>Key- und Value-Breite</translation>
    </message>
    <message>
        <source>key heads</source>
        <translation>Key-Heads</translation>
    </message>
    <message>
        <source>key size</source>
        <translation>Key-Größe</translation>
    </message>
    <message>
        <source>key width</source>
        <translation>Key-Breite</translation>
    </message>
    <message>
        <source>keys and scores</source>
        <translation>Keys und Scores</translation>
    </message>
    <message>
        <source>keys and values</source>
        <translation>Keys und Values</translation>
    </message>
    <message>
        <source>keys and values inside the window</source>
        <translation>Keys und Values im Fenster</translation>
    </message>
    <message>
        <source>keys and values of an encoded image</source>
        <translation>Keys und Values eines kodierten Bilds</translation>
    </message>
    <message>
        <source>keys and values of full-attention layers</source>
        <translation>Keys und Values der Schichten mit voller Attention</translation>
    </message>
    <message>
        <source>keys and values of sliding-window layers</source>
        <translation>Keys und Values der Schichten mit gleitendem Fenster</translation>
    </message>
    <message>
        <source>keys and values of the chunk</source>
        <translation>Keys und Values des Stücks</translation>
    </message>
    <message>
        <source>keys and values of the completions</source>
        <translation>Keys und Values der Completions</translation>
    </message>
    <message>
        <source>keys and values of the encoder&apos;s output</source>
        <translation>Keys und Values der Encoder-Ausgabe</translation>
    </message>
    <message>
        <source>keys of a row</source>
        <translation>Keys einer Zeile</translation>
    </message>
    <message>
        <source>keys of all groups</source>
        <translation>Keys aller Gruppen</translation>
    </message>
    <message>
        <source>keys of the fused projection</source>
        <translation>Keys der verschmolzenen Projektion</translation>
    </message>
    <message>
        <source>keys of the indexer</source>
        <translation>Keys des Indexers</translation>
    </message>
    <message>
        <source>keys of the window</source>
        <translation>Keys des Fensters</translation>
    </message>
    <message>
        <source>keys that stand for several tokens</source>
        <translation>Keys, die für mehrere Token stehen</translation>
    </message>
    <message>
        <source>largest captured batch</source>
        <translation>größter aufgezeichneter Batch</translation>
    </message>
    <message>
        <source>largest moment</source>
        <translation>größter Moment</translation>
    </message>
    <message>
        <source>largest moment of the encoder&apos;s graph, beyond</source>
        <translation>größter Moment des Encoder-Graphen, darüber hinaus</translation>
    </message>
    <message>
        <source>largest moment of the planned graph</source>
        <translation>größter Moment des geplanten Graphen</translation>
    </message>
    <message>
        <source>largest rank</source>
        <translation>größter Rang</translation>
    </message>
    <message>
        <source>last hidden states</source>
        <translation>letzte Hidden States</translation>
    </message>
    <message>
        <source>latent and rotary width</source>
        <translation>latente und Rotary-Breite</translation>
    </message>
    <message>
        <source>latent down-projections</source>
        <translation>latente Abprojektionen</translation>
    </message>
    <message>
        <source>latent keys and values</source>
        <translation>latente Keys und Values</translation>
    </message>
    <message>
        <source>latent projections in 16 bit</source>
        <translation>latente Projektionen in 16 Bit</translation>
    </message>
    <message>
        <source>latent queries</source>
        <translation>latente Queries</translation>
    </message>
    <message>
        <source>latent rank</source>
        <translation>latenter Rang</translation>
    </message>
    <message>
        <source>latent rank and rotary part</source>
        <translation>latenter Rang und Rotary-Teil</translation>
    </message>
    <message>
        <source>latent width</source>
        <translation>latente Breite</translation>
    </message>
    <message>
        <source>latent width per token</source>
        <translation>latente Breite je Token</translation>
    </message>
    <message>
        <source>layers in a group</source>
        <translation>Schichten in einer Gruppe</translation>
    </message>
    <message>
        <source>layers in flight</source>
        <translation>laufende Schichten</translation>
    </message>
    <message>
        <source>layers of a group</source>
        <translation>Schichten einer Gruppe</translation>
    </message>
    <message>
        <source>layers of a group on this rank</source>
        <translation>Schichten einer Gruppe auf diesem Rank</translation>
    </message>
    <message>
        <source>layers of all stages</source>
        <translation>Schichten aller Stufen</translation>
    </message>
    <message>
        <source>layers of the draft</source>
        <translation>Schichten des Drafts</translation>
    </message>
    <message>
        <source>layers of the model</source>
        <translation>Schichten des Modells</translation>
    </message>
    <message>
        <source>layers of this stage</source>
        <translation>Schichten dieser Stufe</translation>
    </message>
    <message>
        <source>layers on the device</source>
        <translation>Schichten auf dem Gerät</translation>
    </message>
    <message>
        <source>layers preserved</source>
        <translation>behaltene Schichten</translation>
    </message>
    <message>
        <source>layers with such pages in the group with most</source>
        <translation>Schichten mit solchen Seiten in der größten Gruppe</translation>
    </message>
    <message>
        <source>library work buffers</source>
        <translation>Arbeitspuffer der Bibliotheken</translation>
    </message>
    <message>
        <source>live parameters</source>
        <translation>lebende Parameter</translation>
    </message>
    <message>
        <source>live parameters at most</source>
        <translation>höchstens lebende Parameter</translation>
    </message>
    <message>
        <source>log-softmax in bf16</source>
        <translation>Log-Softmax in bf16</translation>
    </message>
    <message>
        <source>log-softmax in fp32</source>
        <translation>Log-Softmax in fp32</translation>
    </message>
    <message>
        <source>log-softmax of all chunks in fp32</source>
        <translation>Log-Softmax aller Stücke in fp32</translation>
    </message>
    <message>
        <source>logits and loss</source>
        <translation>Logits und Loss</translation>
    </message>
    <message>
        <source>logits and their fp32 copy</source>
        <translation>Logits und ihre fp32-Kopie</translation>
    </message>
    <message>
        <source>logits in 16 bit</source>
        <translation>Logits in 16 Bit</translation>
    </message>
    <message>
        <source>logits in bf16</source>
        <translation>Logits in bf16</translation>
    </message>
    <message>
        <source>logits in fp32</source>
        <translation>Logits in fp32</translation>
    </message>
    <message>
        <source>logits of a chunk</source>
        <translation>Logits eines Stücks</translation>
    </message>
    <message>
        <source>logits of all chunks in bf16</source>
        <translation>Logits aller Stücke in bf16</translation>
    </message>
    <message>
        <source>logits of one token per sequence</source>
        <translation>Logits eines Tokens je Sequenz</translation>
    </message>
    <message>
        <source>logits of one token per sequence, next-token context</source>
        <translation>Logits eines Tokens je Sequenz, Next-Token-Kontext</translation>
    </message>
    <message>
        <source>logits of the last token and their fp32 copy</source>
        <translation>Logits des letzten Tokens und ihre fp32-Kopie</translation>
    </message>
    <message>
        <source>logits that the class holds</source>
        <translation>Logits, die die Klasse hält</translation>
    </message>
    <message>
        <source>logits, log-softmax and their gradients</source>
        <translation>Logits, Log-Softmax und ihre Gradienten</translation>
    </message>
    <message>
        <source>low-rank adapters</source>
        <translation>Low-Rank-Adapter</translation>
    </message>
    <message>
        <source>mapped besides</source>
        <translation>daneben abgebildet</translation>
    </message>
    <message>
        <source>mask and inputs</source>
        <translation>Maske und Eingaben</translation>
    </message>
    <message>
        <source>master copy of the trained parameters</source>
        <translation>Master-Kopie der trainierten Parameter</translation>
    </message>
    <message>
        <source>master copy of the trained weights</source>
        <translation>Master-Kopie der trainierten Gewichte</translation>
    </message>
    <message>
        <source>matrices of values, in 16 bit in the library&apos;s files</source>
        <translation>Value-Matrizen, in den Dateien der Bibliothek in 16 Bit</translation>
    </message>
    <message>
        <source>mean and reciprocal deviation</source>
        <translation>Mittel und reziproke Abweichung</translation>
    </message>
    <message>
        <source>measured less predicted</source>
        <translation>gemessen minus vorhergesagt</translation>
    </message>
    <message>
        <source>measured less predicted, of one device</source>
        <translation>gemessen minus vorhergesagt, eines Geräts</translation>
    </message>
    <message>
        <source>measured share</source>
        <translation>gemessener Anteil</translation>
    </message>
    <message>
        <source>micro-batches in flight</source>
        <translation>laufende Micro-Batches</translation>
    </message>
    <message>
        <source>micro-batches in flight, of the layers not checkpointed</source>
        <translation>laufende Micro-Batches der nicht gecheckpointeten Schichten</translation>
    </message>
    <message>
        <source>micro-batches of a step</source>
        <translation>Micro-Batches eines Schritts</translation>
    </message>
    <message>
        <source>most that was seen</source>
        <translation>das Meiste, was gesehen wurde</translation>
    </message>
    <message>
        <source>newest and rolled back</source>
        <translation>neueste und zurückgerollte</translation>
    </message>
    <message>
        <source>newest input</source>
        <translation>neueste Eingabe</translation>
    </message>
    <message>
        <source>newest state</source>
        <translation>neuester Zustand</translation>
    </message>
    <message>
        <source>newest token</source>
        <translation>neuestes Token</translation>
    </message>
    <message>
        <source>newest tokens</source>
        <translation>neueste Token</translation>
    </message>
    <message>
        <source>newest tokens, not quantized yet</source>
        <translation>neueste Token, noch nicht quantisiert</translation>
    </message>
    <message>
        <source>next-token layers of the checkpoint</source>
        <translation>Next-Token-Schichten des Checkpoints</translation>
    </message>
    <message>
        <source>no mask</source>
        <translation>keine Maske</translation>
    </message>
    <message>
        <source>no micro-batch waits for another here</source>
        <translation>hier wartet kein Micro-Batch auf einen anderen</translation>
    </message>
    <message>
        <source>no more tokens than there are</source>
        <translation>nicht mehr Token, als es gibt</translation>
    </message>
    <message>
        <source>no rank works on less than one head</source>
        <translation>kein Rank arbeitet an weniger als einem Head</translation>
    </message>
    <message>
        <source>normalised queries and keys, decay and output of the scan</source>
        <translation>normalisierte Queries und Keys, Abklingen und Ausgabe des Scans</translation>
    </message>
    <message>
        <source>normalised value</source>
        <translation>normalisierter Wert</translation>
    </message>
    <message>
        <source>normalized width</source>
        <translation>normalisierte Breite</translation>
    </message>
    <message>
        <source>norms: inputs and statistics</source>
        <translation>Norms: Eingaben und Statistik</translation>
    </message>
    <message>
        <source>nothing of it is recomputed</source>
        <translation>nichts davon wird neu berechnet</translation>
    </message>
    <message>
        <source>of a split vocabulary</source>
        <translation>eines geteilten Vokabulars</translation>
    </message>
    <message>
        <source>of one layer</source>
        <translation>einer Schicht</translation>
    </message>
    <message>
        <source>of the blocks</source>
        <translation>der Blöcke</translation>
    </message>
    <message>
        <source>of them</source>
        <translation>davon</translation>
    </message>
    <message>
        <source>older tokens</source>
        <translation>ältere Token</translation>
    </message>
    <message>
        <source>once per layer</source>
        <translation>einmal je Schicht</translation>
    </message>
    <message>
        <source>once per layer, of each token</source>
        <translation>einmal je Schicht, für jedes Token</translation>
    </message>
    <message>
        <source>one cache for all sequences</source>
        <translation>ein Cache für alle Sequenzen</translation>
    </message>
    <message>
        <source>one chunk in fp32</source>
        <translation>ein Stück in fp32</translation>
    </message>
    <message>
        <source>one chunk is held, as of the chunked loss</source>
        <translation>ein Stück wird gehalten, wie beim gestückelten Loss</translation>
    </message>
    <message>
        <source>one chunk of logits, in fp32 too, and its gradient</source>
        <translation>ein Stück Logits, auch in fp32, und sein Gradient</translation>
    </message>
    <message>
        <source>one expert</source>
        <translation>ein Experte</translation>
    </message>
    <message>
        <source>one expert of a rank</source>
        <translation>ein Experte eines Ranks</translation>
    </message>
    <message>
        <source>one expert with input and output</source>
        <translation>ein Experte mit Ein- und Ausgabe</translation>
    </message>
    <message>
        <source>one gradient at a time</source>
        <translation>ein Gradient zur Zeit</translation>
    </message>
    <message>
        <source>one gradient per trained parameter</source>
        <translation>ein Gradient je trainiertem Parameter</translation>
    </message>
    <message>
        <source>one in use and one on its way</source>
        <translation>einer in Gebrauch, einer unterwegs</translation>
    </message>
    <message>
        <source>one key and one value per head</source>
        <translation>ein Key und ein Value je Head</translation>
    </message>
    <message>
        <source>one of them</source>
        <translation>einer davon</translation>
    </message>
    <message>
        <source>one per distinct rotary embedding</source>
        <translation>eine je verschiedenem Rotary-Embedding</translation>
    </message>
    <message>
        <source>one value per trained parameter</source>
        <translation>ein Wert je trainiertem Parameter</translation>
    </message>
    <message>
        <source>one-hot mask of the chosen experts</source>
        <translation>One-Hot-Maske der gewählten Experten</translation>
    </message>
    <message>
        <source>other rounds</source>
        <translation>andere Runden</translation>
    </message>
    <message>
        <source>output and its norm</source>
        <translation>Ausgabe und ihre Norm</translation>
    </message>
    <message>
        <source>output of gate</source>
        <translation>Ausgabe von Gate</translation>
    </message>
    <message>
        <source>output of up</source>
        <translation>Ausgabe von Up</translation>
    </message>
    <message>
        <source>outputs of all modules</source>
        <translation>Ausgaben aller Module</translation>
    </message>
    <message>
        <source>outputs of gate and up</source>
        <translation>Ausgaben von Gate und Up</translation>
    </message>
    <message>
        <source>outputs of the A matrices</source>
        <translation>Ausgaben der A-Matrizen</translation>
    </message>
    <message>
        <source>outputs of the adapted Linears</source>
        <translation>Ausgaben der angepassten Linear-Schichten</translation>
    </message>
    <message>
        <source>outputs of the adapters</source>
        <translation>Ausgaben der Adapter</translation>
    </message>
    <message>
        <source>outside the blocks in the compute dtype</source>
        <translation>außerhalb der Blöcke im Rechenformat</translation>
    </message>
    <message>
        <source>outside torch: NCCL, attention and cuBLAS workspaces</source>
        <translation>außerhalb von torch: NCCL, Attention- und cuBLAS-Workspaces</translation>
    </message>
    <message>
        <source>outside torch: channels to further ranks</source>
        <translation>außerhalb von torch: Kanäle zu weiteren Ranks</translation>
    </message>
    <message>
        <source>packed weights</source>
        <translation>gepackte Gewichte</translation>
    </message>
    <message>
        <source>padded attention</source>
        <translation>aufgefüllte Attention</translation>
    </message>
    <message>
        <source>pages of a group</source>
        <translation>Seiten einer Gruppe</translation>
    </message>
    <message>
        <source>pages of a kind</source>
        <translation>Seiten einer Art</translation>
    </message>
    <message>
        <source>pages of a size</source>
        <translation>Seiten einer Größe</translation>
    </message>
    <message>
        <source>pair and magnitudes</source>
        <translation>Paar und Beträge</translation>
    </message>
    <message>
        <source>pairs of the last blocks</source>
        <translation>Paare der letzten Blöcke</translation>
    </message>
    <message>
        <source>patch size</source>
        <translation>Patch-Größe</translation>
    </message>
    <message>
        <source>patches across</source>
        <translation>Patches quer</translation>
    </message>
    <message>
        <source>patches asked for</source>
        <translation>gefragte Patches</translation>
    </message>
    <message>
        <source>patches down</source>
        <translation>Patches hoch</translation>
    </message>
    <message>
        <source>patches of a side</source>
        <translation>Patches einer Seite</translation>
    </message>
    <message>
        <source>patches of a token</source>
        <translation>Patches eines Tokens</translation>
    </message>
    <message>
        <source>pieces before</source>
        <translation>Teile davor</translation>
    </message>
    <message>
        <source>pinned buffers of swapped parameters</source>
        <translation>gepinnte Puffer ausgelagerter Parameter</translation>
    </message>
    <message>
        <source>plain width</source>
        <translation>einfache Breite</translation>
    </message>
    <message>
        <source>positions held</source>
        <translation>gehaltene Positionen</translation>
    </message>
    <message>
        <source>prefill step</source>
        <translation>Prefill-Schritt</translation>
    </message>
    <message>
        <source>prefill: MLP</source>
        <translation>Prefill: MLP</translation>
    </message>
    <message>
        <source>prefill: attention</source>
        <translation>Prefill: Attention</translation>
    </message>
    <message>
        <source>prefill: logits</source>
        <translation>Prefill: Logits</translation>
    </message>
    <message>
        <source>probabilities in fp32</source>
        <translation>Wahrscheinlichkeiten in fp32</translation>
    </message>
    <message>
        <source>product with a matrix</source>
        <translation>Produkt mit einer Matrix</translation>
    </message>
    <message>
        <source>product with chosen experts</source>
        <translation>Produkt mit gewählten Experten</translation>
    </message>
    <message>
        <source>projected width</source>
        <translation>projizierte Breite</translation>
    </message>
    <message>
        <source>projection of embedding and hidden state</source>
        <translation>Projektion von Embedding und Hidden State</translation>
    </message>
    <message>
        <source>projections, gates and mixed values</source>
        <translation>Projektionen, Gates und gemischte Werte</translation>
    </message>
    <message>
        <source>prompts kept</source>
        <translation>behaltene Prompts</translation>
    </message>
    <message>
        <source>prompts read together</source>
        <translation>zusammen gelesene Prompts</translation>
    </message>
    <message>
        <source>quantized keys and values</source>
        <translation>quantisierte Keys und Values</translation>
    </message>
    <message>
        <source>queries and keys</source>
        <translation>Queries und Keys</translation>
    </message>
    <message>
        <source>queries and output</source>
        <translation>Queries und Ausgabe</translation>
    </message>
    <message>
        <source>queries kept by attention without flash kernels</source>
        <translation>von Attention ohne Flash-Kernels gehaltene Queries</translation>
    </message>
    <message>
        <source>queries of the fused projection</source>
        <translation>Queries der verschmolzenen Projektion</translation>
    </message>
    <message>
        <source>queries, keys and values</source>
        <translation>Queries, Keys und Values</translation>
    </message>
    <message>
        <source>queries, keys and values before and after the convolution</source>
        <translation>Queries, Keys und Values vor und nach der Faltung</translation>
    </message>
    <message>
        <source>queries, keys, values and output</source>
        <translation>Queries, Keys, Values und Ausgabe</translation>
    </message>
    <message>
        <source>queries, keys, values and output of one layer</source>
        <translation>Queries, Keys, Values und Ausgabe einer Schicht</translation>
    </message>
    <message>
        <source>query heads</source>
        <translation>Query-Heads</translation>
    </message>
    <message>
        <source>query heads of a rank</source>
        <translation>Query-Heads eines Ranks</translation>
    </message>
    <message>
        <source>query rank</source>
        <translation>Query-Rang</translation>
    </message>
    <message>
        <source>query rank and hidden</source>
        <translation>Query-Rang und Hidden Size</translation>
    </message>
    <message>
        <source>query width</source>
        <translation>Query-Breite</translation>
    </message>
    <message>
        <source>query, key and value columns</source>
        <translation>Query-, Key- und Value-Spalten</translation>
    </message>
    <message>
        <source>rank × (in + out) of every target</source>
        <translation>Rang × (ein + aus) jedes Ziels</translation>
    </message>
    <message>
        <source>ranks like this one</source>
        <translation>Ranks wie dieser</translation>
    </message>
    <message>
        <source>receive buffers</source>
        <translation>Empfangspuffer</translation>
    </message>
    <message>
        <source>reciprocal root of the mean square</source>
        <translation>reziproke Wurzel des mittleren Quadrats</translation>
    </message>
    <message>
        <source>recurrent mixers</source>
        <translation>rekurrente Mixer</translation>
    </message>
    <message>
        <source>recurrent state</source>
        <translation>rekurrenter Zustand</translation>
    </message>
    <message>
        <source>recurrent states</source>
        <translation>rekurrente Zustände</translation>
    </message>
    <message>
        <source>recurrent states of every drafted token</source>
        <translation>rekurrente Zustände jedes vorgeschlagenen Tokens</translation>
    </message>
    <message>
        <source>reduce bucket</source>
        <translation>Reduce-Bucket</translation>
    </message>
    <message>
        <source>reduce buffers</source>
        <translation>Reduce-Puffer</translation>
    </message>
    <message>
        <source>reference model</source>
        <translation>Referenzmodell</translation>
    </message>
    <message>
        <source>remainders of the tensors</source>
        <translation>Reste der Tensoren</translation>
    </message>
    <message>
        <source>remainders the allocator cannot split off</source>
        <translation>Reste, die der Allocator nicht abspalten kann</translation>
    </message>
    <message>
        <source>residual and its norm</source>
        <translation>Residuum und seine Norm</translation>
    </message>
    <message>
        <source>residual and normalised hidden states</source>
        <translation>Residuum und normalisierte Hidden States</translation>
    </message>
    <message>
        <source>residual length</source>
        <translation>Restlänge</translation>
    </message>
    <message>
        <source>residual stream</source>
        <translation>Residualstrom</translation>
    </message>
    <message>
        <source>rest of the last step</source>
        <translation>Rest des letzten Schritts</translation>
    </message>
    <message>
        <source>results of command buffers sent ahead</source>
        <translation>Ergebnisse vorausgeschickter Befehlspuffer</translation>
    </message>
    <message>
        <source>reward model</source>
        <translation>Reward-Modell</translation>
    </message>
    <message>
        <source>room after the prompt</source>
        <translation>Platz nach dem Prompt</translation>
    </message>
    <message>
        <source>room for the last piece</source>
        <translation>Platz für das letzte Stück</translation>
    </message>
    <message>
        <source>room for what is generated</source>
        <translation>Platz für das Generierte</translation>
    </message>
    <message>
        <source>rotary cache scale</source>
        <translation>Rotary-Cache-Skala</translation>
    </message>
    <message>
        <source>rotary cos and sin tables</source>
        <translation>Rotary-Tabellen für cos und sin</translation>
    </message>
    <message>
        <source>rotary dimension</source>
        <translation>Rotary-Dimension</translation>
    </message>
    <message>
        <source>rotary embedding</source>
        <translation>Rotary-Embedding</translation>
    </message>
    <message>
        <source>rotary part</source>
        <translation>Rotary-Teil</translation>
    </message>
    <message>
        <source>rotary size</source>
        <translation>Rotary-Größe</translation>
    </message>
    <message>
        <source>rotary tables</source>
        <translation>Rotary-Tabellen</translation>
    </message>
    <message>
        <source>rotary width</source>
        <translation>Rotary-Breite</translation>
    </message>
    <message>
        <source>rotated keys</source>
        <translation>rotierte Keys</translation>
    </message>
    <message>
        <source>rotated queries</source>
        <translation>rotierte Queries</translation>
    </message>
    <message>
        <source>routed experts</source>
        <translation>geroutete Experten</translation>
    </message>
    <message>
        <source>router and summed expert output</source>
        <translation>Router und summierte Expertenausgabe</translation>
    </message>
    <message>
        <source>router logits</source>
        <translation>Router-Logits</translation>
    </message>
    <message>
        <source>rows and columns</source>
        <translation>Zeilen und Spalten</translation>
    </message>
    <message>
        <source>rows for tokens an adapter adds</source>
        <translation>Zeilen für Token, die ein Adapter hinzufügt</translation>
    </message>
    <message>
        <source>rows looked up</source>
        <translation>nachgeschlagene Zeilen</translation>
    </message>
    <message>
        <source>rows of a head</source>
        <translation>Zeilen eines Heads</translation>
    </message>
    <message>
        <source>rows of a multiple</source>
        <translation>Zeilen eines Vielfachen</translation>
    </message>
    <message>
        <source>rows of a rank</source>
        <translation>Zeilen eines Ranks</translation>
    </message>
    <message>
        <source>rows of all copies</source>
        <translation>Zeilen aller Kopien</translation>
    </message>
    <message>
        <source>rows of gate or up</source>
        <translation>Zeilen von Gate oder Up</translation>
    </message>
    <message>
        <source>rows of its part</source>
        <translation>Zeilen seines Teils</translation>
    </message>
    <message>
        <source>rows of logits</source>
        <translation>Logits-Zeilen</translation>
    </message>
    <message>
        <source>rows of tiles</source>
        <translation>Zeilen von Kacheln</translation>
    </message>
    <message>
        <source>rows, filled up</source>
        <translation>Zeilen, aufgefüllt</translation>
    </message>
    <message>
        <source>runtime buffers: logits</source>
        <translation>Laufzeitpuffer: Logits</translation>
    </message>
    <message>
        <source>runtime buffers: tokens</source>
        <translation>Laufzeitpuffer: Token</translation>
    </message>
    <message>
        <source>sampler over full-vocabulary logits</source>
        <translation>Sampler über Logits des ganzen Vokabulars</translation>
    </message>
    <message>
        <source>scale and bias</source>
        <translation>Skala und Bias</translation>
    </message>
    <message>
        <source>scale and bias of a group</source>
        <translation>Skala und Bias einer Gruppe</translation>
    </message>
    <message>
        <source>scale and shift</source>
        <translation>Skala und Verschiebung</translation>
    </message>
    <message>
        <source>scales and shifts of the groups</source>
        <translation>Skalen und Verschiebungen der Gruppen</translation>
    </message>
    <message>
        <source>scales of the experts as they were loaded</source>
        <translation>Skalen der Experten, wie geladen</translation>
    </message>
    <message>
        <source>scales of the rows</source>
        <translation>Skalen der Zeilen</translation>
    </message>
    <message>
        <source>scales of the scales</source>
        <translation>Skalen der Skalen</translation>
    </message>
    <message>
        <source>scales of the tiles</source>
        <translation>Skalen der Kacheln</translation>
    </message>
    <message>
        <source>scores and their cast</source>
        <translation>Scores und ihre Umwandlung</translation>
    </message>
    <message>
        <source>scratch of the kernels</source>
        <translation>Scratch der Kernels</translation>
    </message>
    <message>
        <source>second cache</source>
        <translation>zweiter Cache</translation>
    </message>
    <message>
        <source>second pool of keys and values</source>
        <translation>zweiter Pool von Keys und Values</translation>
    </message>
    <message>
        <source>selected hidden states</source>
        <translation>ausgewählte Hidden States</translation>
    </message>
    <message>
        <source>sequence-parallel ranks</source>
        <translation>sequenzparallele Ranks</translation>
    </message>
    <message>
        <source>sequences of a replica</source>
        <translation>Sequenzen einer Kopie</translation>
    </message>
    <message>
        <source>sequences of one token</source>
        <translation>Sequenzen aus einem Token</translation>
    </message>
    <message>
        <source>sequences of the dry run</source>
        <translation>Sequenzen des Probelaufs</translation>
    </message>
    <message>
        <source>shape in the replayed graph</source>
        <translation>Form im nachgespielten Graphen</translation>
    </message>
    <message>
        <source>shape with gaps</source>
        <translation>Form mit Lücken</translation>
    </message>
    <message>
        <source>shards that 16-bit experts would be as large as</source>
        <translation>Shards, so groß wie 16-Bit-Experten wären</translation>
    </message>
    <message>
        <source>share of everything else</source>
        <translation>Anteil an allem anderen</translation>
    </message>
    <message>
        <source>share of the device</source>
        <translation>Anteil am Gerät</translation>
    </message>
    <message>
        <source>share of the layers that is checkpointed</source>
        <translation>Anteil der gecheckpointeten Schichten</translation>
    </message>
    <message>
        <source>share of the layers that is not</source>
        <translation>Anteil der übrigen Schichten</translation>
    </message>
    <message>
        <source>share of the other ranks</source>
        <translation>Anteil der anderen Ranks</translation>
    </message>
    <message>
        <source>share of the tokens</source>
        <translation>Anteil der Token</translation>
    </message>
    <message>
        <source>share of the tokens at a time</source>
        <translation>Anteil der Token je Mal</translation>
    </message>
    <message>
        <source>share of the weights</source>
        <translation>Anteil an den Gewichten</translation>
    </message>
    <message>
        <source>share of what is allocated</source>
        <translation>Anteil am Belegten</translation>
    </message>
    <message>
        <source>share that lies on other devices</source>
        <translation>Anteil auf anderen Geräten</translation>
    </message>
    <message>
        <source>shared cache</source>
        <translation>geteilter Cache</translation>
    </message>
    <message>
        <source>shared experts</source>
        <translation>geteilte Experten</translation>
    </message>
    <message>
        <source>shared gate and up</source>
        <translation>geteiltes Gate und Up</translation>
    </message>
    <message>
        <source>short convolution</source>
        <translation>kurze Faltung</translation>
    </message>
    <message>
        <source>side of a tile</source>
        <translation>Seite einer Kachel</translation>
    </message>
    <message>
        <source>sigmoid of the gate</source>
        <translation>Sigmoid des Gates</translation>
    </message>
    <message>
        <source>slots for the head</source>
        <translation>Slots für den Kopf</translation>
    </message>
    <message>
        <source>slots for the token embedding</source>
        <translation>Slots für das Token-Embedding</translation>
    </message>
    <message>
        <source>softmax in fp32</source>
        <translation>Softmax in fp32</translation>
    </message>
    <message>
        <source>stages before it</source>
        <translation>Stufen davor</translation>
    </message>
    <message>
        <source>stages from this one on</source>
        <translation>Stufen ab dieser</translation>
    </message>
    <message>
        <source>stages like this one</source>
        <translation>Stufen wie diese</translation>
    </message>
    <message>
        <source>state elements</source>
        <translation>Zustandselemente</translation>
    </message>
    <message>
        <source>state layers</source>
        <translation>Zustandsschichten</translation>
    </message>
    <message>
        <source>state parameters</source>
        <translation>Zustandsparameter</translation>
    </message>
    <message>
        <source>state scan</source>
        <translation>Zustands-Scan</translation>
    </message>
    <message>
        <source>state size</source>
        <translation>Zustandsgröße</translation>
    </message>
    <message>
        <source>state-space heads</source>
        <translation>State-Space-Heads</translation>
    </message>
    <message>
        <source>states at chunk borders</source>
        <translation>Zustände an Stückgrenzen</translation>
    </message>
    <message>
        <source>states kept</source>
        <translation>behaltene Zustände</translation>
    </message>
    <message>
        <source>states of a sequence</source>
        <translation>Zustände einer Sequenz</translation>
    </message>
    <message>
        <source>states of all groups</source>
        <translation>Zustände aller Gruppen</translation>
    </message>
    <message>
        <source>states of all sequences</source>
        <translation>Zustände aller Sequenzen</translation>
    </message>
    <message>
        <source>states per parameter</source>
        <translation>Zustände je Parameter</translation>
    </message>
    <message>
        <source>stored in the file</source>
        <translation>in der Datei gespeichert</translation>
    </message>
    <message>
        <source>summed output</source>
        <translation>summierte Ausgabe</translation>
    </message>
    <message>
        <source>sums of a block</source>
        <translation>Summen eines Blocks</translation>
    </message>
    <message>
        <source>tensor-parallel collectives</source>
        <translation>tensorparallele Kollektive</translation>
    </message>
    <message>
        <source>tensor-parallel ranks</source>
        <translation>tensorparallele Ranks</translation>
    </message>
    <message>
        <source>tensors of a stream</source>
        <translation>Tensoren eines Stroms</translation>
    </message>
    <message>
        <source>tensors of the GGUF file</source>
        <translation>Tensoren der GGUF-Datei</translation>
    </message>
    <message>
        <source>tensors of the streams</source>
        <translation>Tensoren der Ströme</translation>
    </message>
    <message>
        <source>tensors of the widest layer</source>
        <translation>Tensoren der breitesten Schicht</translation>
    </message>
    <message>
        <source>tensors per layer</source>
        <translation>Tensoren je Schicht</translation>
    </message>
    <message>
        <source>terms of the GELU</source>
        <translation>Terme der GELU</translation>
    </message>
    <message>
        <source>the MLP sees all of them</source>
        <translation>das MLP sieht sie alle</translation>
    </message>
    <message>
        <source>the draft model, served by the same engine beside the model</source>
        <translation>das Draft-Modell, von derselben Engine neben dem Modell ausgeliefert</translation>
    </message>
    <message>
        <source>the graph that encodes an image</source>
        <translation>der Graph, der ein Bild kodiert</translation>
    </message>
    <message>
        <source>the largest block</source>
        <translation>der größte Block</translation>
    </message>
    <message>
        <source>the largest block, at most</source>
        <translation>der größte Block, höchstens</translation>
    </message>
    <message>
        <source>the loss itself</source>
        <translation>der Loss selbst</translation>
    </message>
    <message>
        <source>the middle</source>
        <translation>die Mitte</translation>
    </message>
    <message>
        <source>the one that makes it full</source>
        <translation>das eine, das es füllt</translation>
    </message>
    <message>
        <source>the short convolution</source>
        <translation>die kurze Faltung</translation>
    </message>
    <message>
        <source>the split that pads all groups of layers least</source>
        <translation>die Aufteilung, die alle Schichtgruppen am wenigsten auffüllt</translation>
    </message>
    <message>
        <source>the window starts inside a block</source>
        <translation>das Fenster beginnt in einem Block</translation>
    </message>
    <message>
        <source>their copy in fp32</source>
        <translation>ihre Kopie in fp32</translation>
    </message>
    <message>
        <source>their gradient</source>
        <translation>ihr Gradient</translation>
    </message>
    <message>
        <source>their gradient in 16 bit</source>
        <translation>ihr Gradient in 16 Bit</translation>
    </message>
    <message>
        <source>their shifted copy</source>
        <translation>ihre verschobene Kopie</translation>
    </message>
    <message>
        <source>there is none here</source>
        <translation>hier gibt es keine</translation>
    </message>
    <message>
        <source>times as narrow</source>
        <translation>mal so schmal</translation>
    </message>
    <message>
        <source>times its extent</source>
        <translation>mal seine Ausdehnung</translation>
    </message>
    <message>
        <source>token embedding</source>
        <translation>Token-Embedding</translation>
    </message>
    <message>
        <source>token embedding once more, as the head</source>
        <translation>Token-Embedding noch einmal, als Kopf</translation>
    </message>
    <message>
        <source>token ids</source>
        <translation>Token-IDs</translation>
    </message>
    <message>
        <source>tokens attended</source>
        <translation>beachtete Token</translation>
    </message>
    <message>
        <source>tokens beyond</source>
        <translation>Token darüber</translation>
    </message>
    <message>
        <source>tokens beyond the window</source>
        <translation>Token über das Fenster hinaus</translation>
    </message>
    <message>
        <source>tokens copied to their experts</source>
        <translation>zu ihren Experten kopierte Token</translation>
    </message>
    <message>
        <source>tokens held</source>
        <translation>gehaltene Token</translation>
    </message>
    <message>
        <source>tokens in flight</source>
        <translation>laufende Token</translation>
    </message>
    <message>
        <source>tokens in whole blocks</source>
        <translation>Token in ganzen Blöcken</translation>
    </message>
    <message>
        <source>tokens in whole chunks</source>
        <translation>Token in ganzen Stücken</translation>
    </message>
    <message>
        <source>tokens it grows by</source>
        <translation>Token, um die er wächst</translation>
    </message>
    <message>
        <source>tokens kept</source>
        <translation>gehaltene Token</translation>
    </message>
    <message>
        <source>tokens kept and proposed</source>
        <translation>gehaltene und vorgeschlagene Token</translation>
    </message>
    <message>
        <source>tokens kept of a window</source>
        <translation>gehaltene Token eines Fensters</translation>
    </message>
    <message>
        <source>tokens of a block</source>
        <translation>Token eines Blocks</translation>
    </message>
    <message>
        <source>tokens of a chunk</source>
        <translation>Token eines Stücks</translation>
    </message>
    <message>
        <source>tokens of a micro-batch</source>
        <translation>Token eines Micro-Batches</translation>
    </message>
    <message>
        <source>tokens of a micro-batch on the rank</source>
        <translation>Token eines Micro-Batches auf dem Rank</translation>
    </message>
    <message>
        <source>tokens of a micro-batch with logits</source>
        <translation>Token eines Micro-Batches mit Logits</translation>
    </message>
    <message>
        <source>tokens of a piece</source>
        <translation>Token eines Teils</translation>
    </message>
    <message>
        <source>tokens of a rank</source>
        <translation>Token eines Ranks</translation>
    </message>
    <message>
        <source>tokens of a sequence</source>
        <translation>Token einer Sequenz</translation>
    </message>
    <message>
        <source>tokens of a sequence with logits</source>
        <translation>Token einer Sequenz mit Logits</translation>
    </message>
    <message>
        <source>tokens of a step</source>
        <translation>Token eines Schritts</translation>
    </message>
    <message>
        <source>tokens of all sequences</source>
        <translation>Token aller Sequenzen</translation>
    </message>
    <message>
        <source>tokens of an entry</source>
        <translation>Token eines Eintrags</translation>
    </message>
    <message>
        <source>tokens of an image</source>
        <translation>Token eines Bilds</translation>
    </message>
    <message>
        <source>tokens of whole blocks</source>
        <translation>Token ganzer Blöcke</translation>
    </message>
    <message>
        <source>tokens that hold a state</source>
        <translation>Token mit einem Zustand</translation>
    </message>
    <message>
        <source>tokens that wait</source>
        <translation>wartende Token</translation>
    </message>
    <message>
        <source>tokens there is room for</source>
        <translation>Token, für die Platz ist</translation>
    </message>
    <message>
        <source>tower width</source>
        <translation>Turmbreite</translation>
    </message>
    <message>
        <source>trained copy of the embedding</source>
        <translation>trainierte Kopie des Embeddings</translation>
    </message>
    <message>
        <source>trained copy of the head</source>
        <translation>trainierte Kopie des Kopfs</translation>
    </message>
    <message>
        <source>trained parameters</source>
        <translation>trainierte Parameter</translation>
    </message>
    <message>
        <source>trained parameters of experts</source>
        <translation>trainierte Parameter der Experten</translation>
    </message>
    <message>
        <source>twice the intermediate size</source>
        <translation>doppelte Zwischengröße</translation>
    </message>
    <message>
        <source>twice the shared width</source>
        <translation>doppelte geteilte Breite</translation>
    </message>
    <message>
        <source>two blocks</source>
        <translation>zwei Blöcke</translation>
    </message>
    <message>
        <source>two blocks at a time are copied from the host</source>
        <translation>je zwei Blöcke werden vom Host kopiert</translation>
    </message>
    <message>
        <source>two head gradients</source>
        <translation>zwei Kopf-Gradienten</translation>
    </message>
    <message>
        <source>two matrices in one</source>
        <translation>zwei Matrizen in einer</translation>
    </message>
    <message>
        <source>value size</source>
        <translation>Value-Größe</translation>
    </message>
    <message>
        <source>value width</source>
        <translation>Value-Breite</translation>
    </message>
    <message>
        <source>values of the fused projection</source>
        <translation>Values der verschmolzenen Projektion</translation>
    </message>
    <message>
        <source>vision encoder</source>
        <translation>Vision-Encoder</translation>
    </message>
    <message>
        <source>vision projector</source>
        <translation>Vision-Projektor</translation>
    </message>
    <message>
        <source>vocabulary</source>
        <translation>Vokabular</translation>
    </message>
    <message>
        <source>vocabulary and hidden</source>
        <translation>Vokabular und Hidden Size</translation>
    </message>
    <message>
        <source>vocabulary of the rank</source>
        <translation>Vokabular des Ranks</translation>
    </message>
    <message>
        <source>vocabulary-sized buffer</source>
        <translation>Puffer in Vokabulargröße</translation>
    </message>
    <message>
        <source>weights gathered to generate</source>
        <translation>zum Generieren gesammelte Gewichte</translation>
    </message>
    <message>
        <source>weights in the compute dtype</source>
        <translation>Gewichte im Rechenformat</translation>
    </message>
    <message>
        <source>weights written out of 4 bits</source>
        <translation>aus 4 Bit ausgeschriebene Gewichte</translation>
    </message>
    <message>
        <source>what a process holds on the device before its first tensor</source>
        <translation>was ein Prozess vor seinem ersten Tensor auf dem Gerät hält</translation>
    </message>
    <message>
        <source>what best fit leaves unused at that moment of the replay (ggml-alloc.c)</source>
        <translation>was Best-Fit in diesem Moment des Nachspiels ungenutzt lässt (ggml-alloc.c)</translation>
    </message>
    <message>
        <source>what there is to take away</source>
        <translation>was abzuziehen ist</translation>
    </message>
    <message>
        <source>whole blocks</source>
        <translation>ganze Blöcke</translation>
    </message>
    <message>
        <source>whole model gathered as one unit</source>
        <translation>ganzes Modell als eine Einheit gesammelt</translation>
    </message>
    <message>
        <source>whole times they fit</source>
        <translation>wie oft sie ganz passen</translation>
    </message>
    <message>
        <source>widest attention</source>
        <translation>breiteste Attention</translation>
    </message>
    <message>
        <source>widest part</source>
        <translation>breitester Teil</translation>
    </message>
    <message>
        <source>widest product&apos;s scratch, in pages</source>
        <translation>Scratch des breitesten Produkts, in Seiten</translation>
    </message>
    <message>
        <source>width of a rank</source>
        <translation>Breite eines Ranks</translation>
    </message>
    <message>
        <source>width of all streams</source>
        <translation>Breite aller Ströme</translation>
    </message>
    <message>
        <source>width of an expert</source>
        <translation>Breite eines Experten</translation>
    </message>
    <message>
        <source>width of the shared experts</source>
        <translation>Breite der geteilten Experten</translation>
    </message>
    <message>
        <source>width, filled up</source>
        <translation>Breite, aufgefüllt</translation>
    </message>
    <message>
        <source>widths of B and C</source>
        <translation>Breiten von B und C</translation>
    </message>
    <message>
        <source>window and micro-batch</source>
        <translation>Fenster und Micro-Batch</translation>
    </message>
    <message>
        <source>window and what is computed at once</source>
        <translation>Fenster und was auf einmal berechnet wird</translation>
    </message>
    <message>
        <source>windows that overlap</source>
        <translation>überlappende Fenster</translation>
    </message>
    <message>
        <source>windows while the prompt is read</source>
        <translation>Fenster beim Lesen des Prompts</translation>
    </message>
    <message>
        <source>with a full row</source>
        <translation>mit voller Zeile</translation>
    </message>
    <message>
        <source>with scratch</source>
        <translation>mit Scratch</translation>
    </message>
    <message>
        <source>x and z</source>
        <translation>x und z</translation>
    </message>
    <message>
        <source>x, B and C</source>
        <translation>x, B und C</translation>
    </message>
    <message>
        <source>x, B and C after the convolution</source>
        <translation>x, B und C nach der Faltung</translation>
    </message>
    <message>
        <source>critic&apos;s size over the policy&apos;s</source>
        <translation>Größe des Critics zur Policy</translation>
    </message>
    <message>
        <source>critic&apos;s parameters</source>
        <translation>Parameter des Critics</translation>
    </message>
    <message>
        <source>critic&apos;s adapters</source>
        <translation>Adapter des Critics</translation>
    </message>
    <message>
        <source>critic&apos;s gradients</source>
        <translation>Gradienten des Critics</translation>
    </message>
    <message>
        <source>critic&apos;s master copy</source>
        <translation>Master-Kopie des Critics</translation>
    </message>
    <message>
        <source>critic&apos;s optimizer states</source>
        <translation>Optimizer-Zustände des Critics</translation>
    </message>
    <message>
        <source>critic&apos;s activations</source>
        <translation>Aktivierungen des Critics</translation>
    </message>
    <message>
        <source>critic&apos;s step</source>
        <translation>Schritt des Critics</translation>
    </message>
    <message>
        <source>bytes of the policy&apos;s</source>
        <translation>Bytes der Policy</translation>
    </message>
    <message>
        <source>teacher&apos;s logits and the divergence</source>
        <translation>Logits des Lehrers und die Divergenz</translation>
    </message>
    <message>
        <source>bytes of a full sequence&apos;s cache</source>
        <translation>Bytes des Caches einer vollen Sequenz</translation>
    </message>
    <message>
        <source>the rank&apos;s share</source>
        <translation>der Anteil des Ranks</translation>
    </message>
    <message>
        <source>rollout engine&apos;s copy of the policy</source>
        <translation>Kopie der Policy in der Rollout-Engine</translation>
    </message>
    <message>
        <source>rollout engine&apos;s pool</source>
        <translation>Pool der Rollout-Engine</translation>
    </message>
    <message>
        <source>rollout engine&apos;s pool, of an unnamed device the completions alone</source>
        <translation>Pool der Rollout-Engine, bei unbenanntem Gerät nur die Completions</translation>
    </message>
    <message>
        <source>bytes of the largest layer&apos;s cache</source>
        <translation>Bytes des Caches der größten Schicht</translation>
    </message>
    <message>
        <source>bytes of the largest layer&apos;s copy</source>
        <translation>Bytes der Kopie der größten Schicht</translation>
    </message>
    <message>
        <source>bytes of the largest layer&apos;s copies</source>
        <translation>Bytes der Kopien der größten Schicht</translation>
    </message>
    <message>
        <source>bytes of the indexer&apos;s key</source>
        <translation>Bytes des Indexer-Keys</translation>
    </message>
    <message>
        <source>bytes beyond the file type&apos;s</source>
        <translation>Bytes über den Dateityp hinaus</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <translation>%1; %2</translation>
    </message>
    <message>
        <source>device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>The layout takes %1 of %2; one is idle.</source>
        <translation>Die Aufteilung braucht %1; genannt sind %2, eines davon untätig.</translation>
    </message>
    <message>
        <source>The layout takes %1 of %2; %3 are idle.</source>
        <translation>Die Aufteilung braucht %1; genannt sind %2, davon %3 untätig.</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1.</translation>
    </message>
    <message>
        <source>The accelerator &apos;%1&apos; is not in the catalogue, so there is no capacity to compare with. A size works too (--gpu 24GiB, &quot;memory_bytes&quot; in a file); `headroom-cli gpus` lists what is known.</source>
        <translation>Der Beschleuniger „%1“ steht nicht im Katalog, also gibt es keine Kapazität zum Vergleich. Eine Größe geht auch (--gpu 24GiB, &quot;memory_bytes&quot; in einer Datei); `headroom-cli gpus` listet, was bekannt ist.</translation>
    </message>
    <message>
        <source>The accelerator &apos;%1&apos; is not in the catalogue, so there is no capacity to compare with. Near: %2. A size works too (--gpu 24GiB, &quot;memory_bytes&quot; in a file); `headroom-cli gpus` lists what is known.</source>
        <translation>Der Beschleuniger „%1“ steht nicht im Katalog, also gibt es keine Kapazität zum Vergleich. In der Nähe: %2. Eine Größe geht auch (--gpu 24GiB, &quot;memory_bytes&quot; in einer Datei); `headroom-cli gpus` listet, was bekannt ist.</translation>
    </message>
    <message>
        <source>An edited copy of %1, its sizes computed from the configuration: %2.</source>
        <translation>Eine bearbeitete Kopie von %1, die Größen aus der Konfiguration berechnet: %2.</translation>
    </message>
    <message>
        <source>DeBERTa&apos;s position projections are not shared in this file; they are not counted.</source>
        <translation>DeBERTas Positionsprojektionen sind in dieser Datei nicht geteilt; sie sind nicht gezählt.</translation>
    </message>
    <message>
        <source>The class %1 of %2 is not known; it is counted as %3.</source>
        <translation>Die Klasse %1 von %2 ist nicht bekannt; gezählt ist sie als %3.</translation>
    </message>
    <message>
        <source>The experts of this encoder are not known; its layers are counted as dense ones.</source>
        <translation>Die Experten dieses Encoders sind nicht bekannt; seine Schichten zählen als dichte.</translation>
    </message>
    <message>
        <source>The file holds %1 elements, its description gives %2; figures that follow from layers may be off.</source>
        <translation>Die Datei hält %1 Elemente, ihre Beschreibung gibt %2; aus Schichten abgeleitete Werte können abweichen.</translation>
    </message>
    <message>
        <source>The file&apos;s own description of %1 is used; the catalogue now has %2.</source>
        <translation>Die eigene Beschreibung der Datei von %1 gilt; der Katalog hat inzwischen %2.</translation>
    </message>
    <message>
        <source>The folder holds an adapter of %1; the model is described without it.</source>
        <translation>Der Ordner hält einen Adapter von %1; das Modell ist ohne ihn beschrieben.</translation>
    </message>
    <message>
        <source>The hub was not asked (%1); this is the catalogue&apos;s own description of %2.</source>
        <translation>Der Hub wurde nicht gefragt (%1); dies ist die Beschreibung von %2 aus dem Katalog.</translation>
    </message>
    <message>
        <source>The projector of this vision tower is not known; it is counted as the one of Kimi K2.5.</source>
        <translation>Der Projektor dieses Vision-Turms ist nicht bekannt; gezählt ist er wie der von Kimi K2.5.</translation>
    </message>
    <message>
        <source>The quantization is the one in %1.</source>
        <translation>Die Quantisierung ist die in %1.</translation>
    </message>
    <message>
        <source>The talker and what turns its codes into sound (talker_config, token2wav or code2wav) are not counted; serving engines load the thinker alone.</source>
        <translation>Der Talker und was seine Codes in Ton verwandelt (talker_config, token2wav oder code2wav) sind nicht gezählt; Server laden nur den Thinker.</translation>
    </message>
    <message>
        <source>The vision tower of this file is not known; it is counted as MobileNetV5-300M.</source>
        <translation>Der Vision-Turm dieser Datei ist nicht bekannt; gezählt ist MobileNetV5-300M.</translation>
    </message>
    <message>
        <source>The vision towers of DeepSeek-OCR are not counted.</source>
        <translation>Die Vision-Türme von DeepSeek-OCR sind nicht gezählt.</translation>
    </message>
    <message>
        <source>What this copy says it was made from cannot be followed.</source>
        <translation>Woraus diese Kopie entstanden sein will, lässt sich nicht nachvollziehen.</translation>
    </message>
    <message>
        <source>hidden_size is not in the file; the class default %1 is taken.</source>
        <translation>hidden_size steht nicht in der Datei; es gilt der Klassenstandard %1.</translation>
    </message>
    <message>
        <source>model_type %1 is unknown: read as an ordinary decoder with Llama&apos;s layout.</source>
        <translation>model_type %1 ist unbekannt: gelesen als üblicher Decoder mit Llamas Aufbau.</translation>
    </message>
    <message>
        <source>model_type %1 of %2 is not known; it is not counted.</source>
        <translation>model_type %1 von %2 ist nicht bekannt; es ist nicht gezählt.</translation>
    </message>
    <message>
        <source>params.json leaves vocab_size to the tokenizer; Llama&apos;s 32000 are taken.</source>
        <translation>params.json überlässt vocab_size dem Tokenizer; es gelten Llamas 32000.</translation>
    </message>
    <message>
        <source>torch_dtype %1 is not known: bf16 taken.</source>
        <translation>torch_dtype %1 ist nicht bekannt: bf16 angenommen.</translation>
    </message>
    <message>
        <source>%1 assumed: %2 (%3).</source>
        <translation>%1 angenommen: %2 (%3).</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 ist nicht zu lesen: %2</translation>
    </message>
    <message>
        <source>%1 differs along its list; its first value is taken.</source>
        <translation>%1 ist in seiner Liste nicht einheitlich; es gilt der erste Wert.</translation>
    </message>
    <message>
        <source>%1 is no class of the type %2 that is known here: it is counted as if it were one.</source>
        <translation>%1 ist keine hier bekannte Klasse des Typs %2: gezählt, als wäre sie eine.</translation>
    </message>
    <message>
        <source>%1 is not in the file: the modules it sizes are not counted.</source>
        <translation>%1 steht nicht in der Datei: die danach bemessenen Module sind nicht gezählt.</translation>
    </message>
    <message>
        <source>%1 is read by its text part; its vision or audio parts are not counted.</source>
        <translation>%1 ist nur mit seinem Textteil gelesen; Bild- oder Tonteile sind nicht gezählt.</translation>
    </message>
    <message>
        <source>%1 is the repository&apos;s own class; it is counted with an output embedding.</source>
        <translation>%1 ist eine eigene Klasse des Repositorys; gezählt mit einem Ausgabe-Embedding.</translation>
    </message>
    <message>
        <source>%1 of params.json is not counted.</source>
        <translation>%1 aus params.json ist nicht gezählt.</translation>
    </message>
    <message>
        <source>MLP&apos;s projection</source>
        <translation>Projektion des MLP</translation>
    </message>
    <message>
        <source>a rank&apos;s share of them</source>
        <translation>Anteil eines Ranks daran</translation>
    </message>
    <message>
        <source>activation&apos;s input</source>
        <translation>Eingabe der Aktivierungsfunktion</translation>
    </message>
    <message>
        <source>adapters&apos; activations</source>
        <translation>Aktivierungen der Adapter</translation>
    </message>
    <message>
        <source>adapters&apos; rank</source>
        <translation>Rang der Adapter</translation>
    </message>
    <message>
        <source>aligned</source>
        <translation>ausgerichtet</translation>
    </message>
    <message>
        <source>alignment</source>
        <translation>Ausrichtung</translation>
    </message>
    <message>
        <source>attention&apos;s log-sums</source>
        <translation>Log-Summen der Attention</translation>
    </message>
    <message>
        <source>attention&apos;s projection</source>
        <translation>Projektion der Attention</translation>
    </message>
    <message>
        <source>averages</source>
        <translation>Mittelwerte</translation>
    </message>
    <message>
        <source>bits</source>
        <translation>Bits</translation>
    </message>
    <message>
        <source>blocks</source>
        <translation>Blöcke</translation>
    </message>
    <message>
        <source>both</source>
        <translation>beide</translation>
    </message>
    <message>
        <source>buffers</source>
        <translation>Puffer</translation>
    </message>
    <message>
        <source>buffers of the experts&apos; kernels</source>
        <translation>Puffer der Experten-Kernels</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>bytes beyond the peak that the loss&apos; blocks hold</source>
        <translation>Bytes über der Spitze, die Blöcke des Loss halten</translation>
    </message>
    <message>
        <source>bytes of the experts&apos; states</source>
        <translation>Bytes der Expertenzustände</translation>
    </message>
    <message>
        <source>cells</source>
        <translation>Zellen</translation>
    </message>
    <message>
        <source>channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>chosen experts&apos; intermediate results</source>
        <translation>Zwischenergebnisse der gewählten Experten</translation>
    </message>
    <message>
        <source>chunks before the first backward, of the pipeline</source>
        <translation>Stücke vor dem ersten Backward, der Pipeline</translation>
    </message>
    <message>
        <source>code table</source>
        <translation>Codetabelle</translation>
    </message>
    <message>
        <source>code table of the scales</source>
        <translation>Codetabelle der Skalen</translation>
    </message>
    <message>
        <source>code tables</source>
        <translation>Codetabellen</translation>
    </message>
    <message>
        <source>codebooks</source>
        <translation>Codebücher</translation>
    </message>
    <message>
        <source>codes</source>
        <translation>Codes</translation>
    </message>
    <message>
        <source>columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>communication buffers since 0.17</source>
        <translation>Kommunikationspuffer seit 0.17</translation>
    </message>
    <message>
        <source>context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>copy</source>
        <translation>Kopie</translation>
    </message>
    <message>
        <source>copy of one layer&apos;s keys and values while the cache grows</source>
        <translation>Kopie der Keys und Values einer Schicht, während der Cache wächst</translation>
    </message>
    <message>
        <source>dense</source>
        <translation>dicht</translation>
    </message>
    <message>
        <source>experts&apos; outputs</source>
        <translation>Ausgaben der Experten</translation>
    </message>
    <message>
        <source>full attention, %1</source>
        <translation>volle Attention, %1</translation>
    </message>
    <message>
        <source>sliding attention, %1</source>
        <translation>gleitende Attention, %1</translation>
    </message>
    <message>
        <source>latent attention, %1</source>
        <translation>latente Attention, %1</translation>
    </message>
    <message>
        <source>%1, experts %2 of %3</source>
        <translation>%1, Experten %2 von %3</translation>
    </message>
    <message>
        <source>experts %1 of %2</source>
        <translation>Experten %1 von %2</translation>
    </message>
    <message>
        <source>gated MLP</source>
        <translation>MLP mit Gate</translation>
    </message>
    <message>
        <source>MLP</source>
        <translation>MLP</translation>
    </message>
    <message>
        <source>full attention</source>
        <translation>volle Attention</translation>
    </message>
    <message>
        <source>sliding attention</source>
        <translation>gleitende Attention</translation>
    </message>
    <message>
        <source>latent attention</source>
        <translation>latente Attention</translation>
    </message>
    <message>
        <source>gated</source>
        <translation>mit Gate</translation>
    </message>
    <message>
        <source>gradients</source>
        <translation>Gradienten</translation>
    </message>
    <message>
        <source>gradients of the MLP&apos;s width</source>
        <translation>Gradienten der MLP-Breite</translation>
    </message>
    <message>
        <source>gradients of the experts&apos; width</source>
        <translation>Gradienten der Expertenbreite</translation>
    </message>
    <message>
        <source>graphs</source>
        <translation>Graphen</translation>
    </message>
    <message>
        <source>group index</source>
        <translation>Gruppenindex</translation>
    </message>
    <message>
        <source>head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>Hidden Size</translation>
    </message>
    <message>
        <source>input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>inputs</source>
        <translation>Eingaben</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>Kernel</translation>
    </message>
    <message>
        <source>key</source>
        <translation>Key</translation>
    </message>
    <message>
        <source>keys</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>last block&apos;s activations</source>
        <translation>Aktivierungen des letzten Blocks</translation>
    </message>
    <message>
        <source>least</source>
        <translation>mindestens</translation>
    </message>
    <message>
        <source>log-sum-exp</source>
        <translation>Log-Sum-Exp</translation>
    </message>
    <message>
        <source>logits</source>
        <translation>Logits</translation>
    </message>
    <message>
        <source>magnitudes</source>
        <translation>Beträge</translation>
    </message>
    <message>
        <source>matrices</source>
        <translation>Matrizen</translation>
    </message>
    <message>
        <source>matrix</source>
        <translation>Matrix</translation>
    </message>
    <message>
        <source>micro-batch</source>
        <translation>Micro-Batch</translation>
    </message>
    <message>
        <source>moments</source>
        <translation>Momente</translation>
    </message>
    <message>
        <source>multiples</source>
        <translation>Vielfache</translation>
    </message>
    <message>
        <source>multiprocessors</source>
        <translation>Multiprozessoren</translation>
    </message>
    <message>
        <source>non-torch</source>
        <translation>außerhalb von torch</translation>
    </message>
    <message>
        <source>norm&apos;s input</source>
        <translation>Eingabe der Norm</translation>
    </message>
    <message>
        <source>norms</source>
        <translation>Norms</translation>
    </message>
    <message>
        <source>offset</source>
        <translation>Versatz</translation>
    </message>
    <message>
        <source>one</source>
        <translation>eins</translation>
    </message>
    <message>
        <source>one expert&apos;s tokens</source>
        <translation>Token eines Experten</translation>
    </message>
    <message>
        <source>output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>packed</source>
        <translation>gepackt</translation>
    </message>
    <message>
        <source>pieces</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>positions</source>
        <translation>Positionen</translation>
    </message>
    <message>
        <source>probabilities</source>
        <translation>Wahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>programs</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>queries</source>
        <translation>Queries</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>rotated</source>
        <translation>rotiert</translation>
    </message>
    <message>
        <source>router&apos;s probabilities</source>
        <translation>Wahrscheinlichkeiten des Routers</translation>
    </message>
    <message>
        <source>scale</source>
        <translation>Skala</translation>
    </message>
    <message>
        <source>scaled</source>
        <translation>skaliert</translation>
    </message>
    <message>
        <source>scales</source>
        <translation>Skalen</translation>
    </message>
    <message>
        <source>scales and zero points</source>
        <translation>Skalen und Nullpunkte</translation>
    </message>
    <message>
        <source>scales of the tensor</source>
        <translation>Skalen des Tensors</translation>
    </message>
    <message>
        <source>scratch of the sampler&apos;s programs</source>
        <translation>Scratch der Sampler-Programme</translation>
    </message>
    <message>
        <source>shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>share beyond the rank&apos;s own rows</source>
        <translation>Anteil über die eigenen Zeilen des Ranks hinaus</translation>
    </message>
    <message>
        <source>slots</source>
        <translation>Slots</translation>
    </message>
    <message>
        <source>stages %1</source>
        <translation>Stufen %1</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>statistic</source>
        <translation>Statistik</translation>
    </message>
    <message>
        <source>statistics</source>
        <translation>Statistik</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>streams</source>
        <translation>Ströme</translation>
    </message>
    <message>
        <source>sum</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>teacher</source>
        <translation>Lehrer</translation>
    </message>
    <message>
        <source>tensors</source>
        <translation>Tensoren</translation>
    </message>
    <message>
        <source>times</source>
        <translation>mal</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>values</source>
        <translation>Values</translation>
    </message>
    <message>
        <source>values in the up-projection&apos;s output</source>
        <translation>Werte in der Ausgabe der Up-Projektion</translation>
    </message>
    <message>
        <source>values of the module</source>
        <translation>Werte des Moduls</translation>
    </message>
    <message>
        <source>width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>width of the experts&apos; input</source>
        <translation>Breite der Experteneingabe</translation>
    </message>
    <message>
        <source>window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>windows</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>workspace</source>
        <translation>Workspace</translation>
    </message>
    <message>
        <source>zero points</source>
        <translation>Nullpunkte</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 (%2, %3)</source>
        <translation>%1 (%2, %3)</translation>
    </message>
    <message>
        <source>It is larger than %1 MiB.</source>
        <translation>Sie ist größer als %1 MiB.</translation>
    </message>
    <message>
        <source>It could not be read to its end.</source>
        <translation>Sie war nicht bis zum Ende zu lesen.</translation>
    </message>
    <message>
        <source>The file cannot be written: %1.</source>
        <translation>Die Datei ist nicht zu schreiben: %1.</translation>
    </message>
    <message>
        <source>Nobody reads from this pipe; the file was not written.</source>
        <translation>Niemand liest aus dieser Pipe; die Datei wurde nicht geschrieben.</translation>
    </message>
    <message>
        <source>This is a folder, not a file.</source>
        <translation>Das ist ein Ordner, keine Datei.</translation>
    </message>
    <message>
        <source>This is a disk or a socket, not a file; it was left alone.</source>
        <translation>Das ist ein Laufwerk oder Socket, keine Datei; es blieb unberührt.</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>Diese Datei gibt es nicht.</translation>
    </message>
    <message>
        <source>The file cannot be opened: %1</source>
        <translation>Die Datei ist nicht zu öffnen: %1</translation>
    </message>
    <message>
        <source>Nobody writes into this pipe.</source>
        <translation>Niemand schreibt in diese Pipe.</translation>
    </message>
    <message>
        <source>Nothing came out of it for half a minute.</source>
        <translation>Eine halbe Minute lang kam nichts heraus.</translation>
    </message>
    <message>
        <source>The file cannot be read: %1</source>
        <translation>Die Datei ist nicht zu lesen: %1</translation>
    </message>
    <message>
        <source>The JSON nests more than %1 levels deep.</source>
        <translation>Das JSON ist tiefer als %1 Ebenen geschachtelt.</translation>
    </message>
    <message>
        <source>The JSON has more than %1 values.</source>
        <translation>Das JSON hat mehr als %1 Werte.</translation>
    </message>
    <message>
        <source>This is empty; JSON was expected.</source>
        <translation>Das ist leer; erwartet war JSON.</translation>
    </message>
    <message>
        <source>This is not text; JSON was expected.</source>
        <translation>Das ist kein Text; erwartet war JSON.</translation>
    </message>
    <message>
        <source>This is not valid JSON: %1</source>
        <translation>Das ist kein gültiges JSON: %1</translation>
    </message>
    <message>
        <source>An object was expected, not %1</source>
        <translation>Erwartet war ein Objekt, nicht %1</translation>
    </message>
    <message>
        <source>A whole number was expected, not %1</source>
        <translation>Erwartet war eine ganze Zahl, nicht %1</translation>
    </message>
    <message>
        <source>A number was expected, not %1</source>
        <translation>Erwartet war eine Zahl, nicht %1</translation>
    </message>
    <message>
        <source>true or false was expected, not %1</source>
        <translation>Erwartet war true oder false, nicht %1</translation>
    </message>
    <message>
        <source>A text in quotes was expected, not %1</source>
        <translation>Erwartet war ein Text in Anführungszeichen, nicht %1</translation>
    </message>
    <message>
        <source>%1 is outside %2 to %3.</source>
        <translation>%1 liegt außerhalb von %2 bis %3.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a known key.</source>
        <translation>„%1“ ist kein bekannter Schlüssel.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a known %2.</source>
        <translation>„%1“ ist nicht bekannt als %2.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a known %2. Known are %3.</source>
        <translation>„%1“ ist nicht bekannt als %2. Bekannt sind %3.</translation>
    </message>
    <message>
        <source>number format</source>
        <translation>Zahlenformat</translation>
    </message>
    <message>
        <source>weight format</source>
        <translation>Gewichtsformat</translation>
    </message>
    <message>
        <source>&quot;all-linear&quot;, &quot;attention&quot; or a list of module names was expected.</source>
        <translation>Erwartet war &quot;all-linear&quot;, &quot;attention&quot; oder eine Liste von Modulnamen.</translation>
    </message>
    <message>
        <source>&quot;op&quot; or a number n, for every n-th layer, was expected.</source>
        <translation>Erwartet war &quot;op&quot; oder eine Zahl n, für jede n-te Schicht.</translation>
    </message>
    <message>
        <source>A list of texts was expected.</source>
        <translation>Erwartet war eine Liste von Texten.</translation>
    </message>
    <message>
        <source>Shares are numbers of 0 or more.</source>
        <translation>Anteile sind Zahlen ab 0.</translation>
    </message>
    <message>
        <source>A list of shares such as [3, 1] was expected, one of them above 0.</source>
        <translation>Erwartet war eine Liste von Anteilen wie [3, 1], einer davon über 0.</translation>
    </message>
    <message>
        <source>A scenario names its model: &quot;model&quot;: &quot;meta-llama/Llama-3.1-8B&quot; (see `headroom-cli models`).</source>
        <translation>Ein Szenario nennt sein Modell: &quot;model&quot;: &quot;meta-llama/Llama-3.1-8B&quot; (siehe `headroom-cli models`).</translation>
    </message>
    <message>
        <source>This scenario is of version %1; this Headroom reads version %2. A newer Headroom opens it.</source>
        <translation>Dieses Szenario hat Version %1; dieses Headroom liest Version %2. Ein neueres öffnet es.</translation>
    </message>
    <message>
        <source>This is neither one name nor JSON.</source>
        <translation>Das ist weder ein Name noch JSON.</translation>
    </message>
    <message>
        <source>The folder holds an adapter that does not name its model.</source>
        <translation>Der Ordner hält einen Adapter, der sein Modell nicht nennt.</translation>
    </message>
    <message>
        <source>The folder holds an adapter alone; open its model, %1.</source>
        <translation>Der Ordner hält nur einen Adapter; zu öffnen ist sein Modell, %1.</translation>
    </message>
    <message>
        <source>The folder holds neither a config.json nor a GGUF file.</source>
        <translation>Der Ordner hält weder eine config.json noch eine GGUF-Datei.</translation>
    </message>
    <message>
        <source>There is no config.json beside the file; safetensors says nothing of layers and heads. Open its folder&apos;s config.json, or put one beside it.</source>
        <translation>Neben der Datei liegt keine config.json; safetensors sagt nichts über Schichten und Heads. Bitte die config.json ihres Ordners öffnen oder eine daneben legen.</translation>
    </message>
    <message>
        <source>No model in the catalogue is called &quot;%1&quot;.</source>
        <translation>Kein Modell des Katalogs heißt &quot;%1&quot;.</translation>
    </message>
    <message>
        <source>No model in the catalogue is called &quot;%1&quot;. Near: %2.</source>
        <translation>Kein Modell des Katalogs heißt &quot;%1&quot;. In der Nähe: %2.</translation>
    </message>
    <message>
        <source>Only bare dimensions state a count of parameters.</source>
        <translation>Nur bloße Dimensionen nennen eine Parameterzahl.</translation>
    </message>
    <message>
        <source>This is empty; a JSON configuration was expected.</source>
        <translation>Das ist leer; erwartet war eine JSON-Konfiguration.</translation>
    </message>
    <message>
        <source>This is not a JSON configuration: the text breaks off or holds a character that JSON does not allow here.</source>
        <translation>Das ist keine JSON-Konfiguration: der Text bricht ab oder enthält ein Zeichen, das JSON hier nicht erlaubt.</translation>
    </message>
    <message>
        <source>A configuration must be a JSON object, not %1.</source>
        <translation>Eine Konfiguration muss ein JSON-Objekt sein, nicht %1.</translation>
    </message>
    <message>
        <source>%1 keeps its %2 in %3, as the weights they step: small updates are rounded away. In fp32 (precision.optimizer_states) they take %4 more, and a master copy (precision.master_weights) four bytes a parameter.</source>
        <translation>%1 hält %2 in %3 wie die Gewichte, die damit geändert werden: Kleine Änderungen werden weggerundet. In fp32 (precision.optimizer_states) brauchen sie %4 mehr, und eine Master-Kopie (precision.master_weights) vier Byte je Parameter.</translation>
    </message>
    <message>
        <source>Activations and logits are %1 % of the memory: they grow with batch and context and stand in no rule of so many bytes a parameter.</source>
        <translation>Aktivierungen und Logits sind %1 % des Speichers: Sie wachsen mit Batch und Kontext und stehen in keiner Regel von so und so vielen Byte je Parameter.</translation>
    </message>
    <message>
        <source>It takes %1 % of the device. A rule of thumb keeps training below %2 %, for what fragmentation and longer samples add: here the band says how much that is.</source>
        <translation>Es braucht %1 % des Geräts. Eine Faustregel hält das Training unter %2 %, für das, was Fragmentierung und längere Beispiele hinzufügen: Wie viel das ist, sagt hier das Band.</translation>
    </message>
    <message>
        <source>PEFT adapts the experts too, which Transformers 5 holds as one parameter: a copy of all of a layer&apos;s, adapters added, is made for every pass and kept.</source>
        <translation>PEFT passt auch die Experten an, die Transformers 5 als einen Parameter hält: Für jeden Durchlauf wird eine Kopie aller Experten einer Schicht mit den Adaptern angelegt und behalten.</translation>
    </message>
    <message>
        <source>PEFT adapts the experts too, which Transformers 5 holds as one parameter: a copy of all of a layer&apos;s, adapters added, is made for every pass and kept. Nothing is counted for that copy.</source>
        <translation>PEFT passt auch die Experten an, die Transformers 5 als einen Parameter hält: Für jeden Durchlauf wird eine Kopie aller Experten einer Schicht mit den Adaptern angelegt und behalten. Für diese Kopie wird nichts gezählt.</translation>
    </message>
    <message>
        <source>Nothing is counted for images in training: neither what the vision tower keeps of them nor their tokens.</source>
        <translation>Für Bilder im Training wird nichts gezählt: weder was der Bildteil von ihnen behält noch ihre Tokens.</translation>
    </message>
    <message>
        <source>what the vision tower keeps of images</source>
        <translation>was der Bildteil von Bildern behält</translation>
    </message>
    <message>
        <source>A step on text alone is estimated; images add what the vision tower keeps of them, and tokens.</source>
        <translation>Berechnet wird ein Schritt nur mit Text; Bilder fügen hinzu, was der Bildteil von ihnen behält, und Tokens.</translation>
    </message>
    <message>
        <source>What layers of this class keep is not written down; they are counted as the usual ones with as many and as large tensors.</source>
        <translation>Was Schichten dieser Klasse behalten, ist nicht bekannt; sie werden wie die üblichen mit ebenso vielen und großen Tensoren gezählt.</translation>
    </message>
    <message>
        <source>what layers of this class keep</source>
        <translation>was Schichten dieser Klasse behalten</translation>
    </message>
    <message>
        <source>Encoder and decoder are taken to be equally long, and what they keep is counted by formulas that no trace of such a model confirms.</source>
        <translation>Encoder und Decoder gelten als gleich lang, und was sie behalten, wird mit Formeln gezählt, die keine Aufzeichnung eines solchen Modells bestätigt.</translation>
    </message>
    <message>
        <source>what an encoder beside its decoder keeps</source>
        <translation>was ein Encoder neben seinem Decoder behält</translation>
    </message>
    <message>
        <source>FSDP1 joins a unit&apos;s tensors into one of one format: torch refuses norms in fp32 beside packed weights. The step is counted without its units.</source>
        <translation>FSDP1 fügt die Tensoren einer Einheit zu einem in einem Format zusammen: torch lehnt Normen in fp32 neben gepackten Gewichten ab. Der Schritt wird ohne Einheiten gezählt.</translation>
    </message>
    <message>
        <source>FSDP1&apos;s units of two formats, which torch refuses</source>
        <translation>Einheiten von FSDP1 in zwei Formaten, die torch ablehnt</translation>
    </message>
    <message>
        <source>this release of %1 has no class for models of this kind</source>
        <translation>Diese Version von %1 hat keine Klasse für Modelle dieser Art</translation>
    </message>
    <message>
        <source>This release of %1 has no class of its own for models of this kind; the code of Transformers stands in for it, if it can.</source>
        <translation>Diese Version von %1 hat keine eigene Klasse für Modelle dieser Art; der Code von Transformers steht für sie ein, wenn er kann.</translation>
    </message>
    <message>
        <source>what %1 takes for a model that it has no class of its own for</source>
        <translation>was %1 für ein Modell braucht, für das es keine eigene Klasse hat</translation>
    </message>
    <message>
        <source>this release of %1 has kernels for %2 from compute capability %3 on; %4 has %5</source>
        <translation>Diese Version von %1 hat Kernel für %2 ab Compute Capability %3; %4 hat %5</translation>
    </message>
    <message>
        <source>this release of %1 has kernels for %2 from compute capability %3 to below %4; %5 has %6</source>
        <translation>Diese Version von %1 hat Kernel für %2 von Compute Capability %3 bis unter %4; %5 hat %6</translation>
    </message>
    <message>
        <source>this release of %1 has no kernels for %2</source>
        <translation>Diese Version von %1 hat keine Kernel für %2</translation>
    </message>
    <message>
        <source>whether %1 has kernels for %2 here</source>
        <translation>ob %1 hier Kernel für %2 hat</translation>
    </message>
    <message>
        <source>%1 runs on devices of compute capability %2 and above; %3 has %4</source>
        <translation>%1 läuft auf Geräten ab Compute Capability %2; %3 hat %4</translation>
    </message>
    <message>
        <source>vLLM refuses %1 tokens a step for %2 sequences: each has one at least</source>
        <translation>vLLM lehnt %1 Tokens je Schritt für %2 Sequenzen ab: Jede hat mindestens eines</translation>
    </message>
    <message>
        <source>vLLM refuses expert parallelism of a model without experts</source>
        <translation>vLLM lehnt Expertenparallelität eines Modells ohne Experten ab</translation>
    </message>
    <message>
        <source>vLLM takes the %1 ranks of decode context parallelism from its %2 tensor-parallel ones, which does not come out even</source>
        <translation>vLLM nimmt die %1 Ränge der Kontextparallelität beim Dekodieren von seinen %2 tensorparallelen, was nicht aufgeht</translation>
    </message>
    <message>
        <source>vLLM&apos;s decode context parallelism splits the copies of a key and value head: %1 tensor-parallel ranks of a model with %2 such heads are not %3 times as many</source>
        <translation>Die Kontextparallelität beim Dekodieren von vLLM teilt die Kopien eines Schlüssel- und Wertekopfs: %1 tensorparallele Ränge eines Modells mit %2 solchen Köpfen sind nicht %3-mal so viele</translation>
    </message>
    <message>
        <source>vLLM refuses bf16 on %1, which has no such arithmetic: it wants to be told fp16</source>
        <translation>vLLM lehnt bf16 auf %1 ab, das nicht damit rechnet: Es will fp16 gesagt bekommen</translation>
    </message>
    <message>
        <source>vLLM balances experts over ranks of expert parallelism, and there are none</source>
        <translation>vLLM gleicht Experten über Ränge der Expertenparallelität aus, und es gibt keine</translation>
    </message>
    <message>
        <source>SGLang refuses a context of %1 for a model made for %2 tokens, unless SGLANG_ALLOW_OVERWRITE_LONGER_CONTEXT_LEN=1 allows it</source>
        <translation>SGLang lehnt einen Kontext von %1 für ein Modell für %2 Tokens ab, wenn SGLANG_ALLOW_OVERWRITE_LONGER_CONTEXT_LEN=1 ihn nicht erlaubt</translation>
    </message>
    <message>
        <source>SGLang takes prompts in whole pages: chunks of %1 tokens are none of %2</source>
        <translation>SGLang nimmt Prompts in ganzen Seiten: Stücke von %1 Tokens sind keine von %2</translation>
    </message>
    <message>
        <source>SGLang does not draft beside %1</source>
        <translation>SGLang entwirft nicht neben %1</translation>
    </message>
    <message>
        <source>SGLang&apos;s share of tokens in windows is above 0, and at most 1</source>
        <translation>Der Anteil der Tokens in Fenstern ist bei SGLang größer als 0 und höchstens 1</translation>
    </message>
    <message>
        <source>SGLang&apos;s hierarchical cache is one of prefixes, which are not kept here</source>
        <translation>Der hierarchische Cache von SGLang ist einer von Präfixen, die hier nicht behalten werden</translation>
    </message>
    <message>
        <source>the states that SGLang keeps of drafted tokens</source>
        <translation>die Zustände, die SGLang von entworfenen Tokens behält</translation>
    </message>
    <message>
        <source>llama.cpp refuses a cache in %1, whose blocks do not divide heads of %2 elements</source>
        <translation>llama.cpp lehnt einen Cache in %1 ab, dessen Blöcke Köpfe von %2 Elementen nicht teilen</translation>
    </message>
    <message>
        <source>llama.cpp refuses keys and values of different formats of a model with latent attention</source>
        <translation>llama.cpp lehnt Schlüssel und Werte verschiedener Formate bei einem Modell mit latenter Attention ab</translation>
    </message>
    <message>
        <source>llama.cpp takes %1 sequences at most, not %2</source>
        <translation>llama.cpp nimmt höchstens %1 Sequenzen, nicht %2</translation>
    </message>
    <message>
        <source>this build of llama.cpp does not know the architecture &apos;%1&apos;</source>
        <translation>Dieser Build von llama.cpp kennt die Architektur „%1“ nicht</translation>
    </message>
    <message>
        <source>the format of weights that was asked for, which %1 does not have</source>
        <translation>das verlangte Format der Gewichte, das %1 nicht hat</translation>
    </message>
    <message>
        <source>the format of the cache that was asked for, which %1 does not have</source>
        <translation>das verlangte Format des Caches, das %1 nicht hat</translation>
    </message>
    <message>
        <source>whether llama.cpp loads the model at all</source>
        <translation>ob llama.cpp das Modell überhaupt lädt</translation>
    </message>
    <message>
        <source>the llama.cpp of Ollama %1 does not know the architecture &apos;%2&apos; yet</source>
        <translation>Das llama.cpp von Ollama %1 kennt die Architektur „%2“ noch nicht</translation>
    </message>
    <message>
        <source>whether Ollama %1 knows the architecture &apos;%2&apos;</source>
        <translation>ob Ollama %1 die Architektur „%2“ kennt</translation>
    </message>
    <message>
        <source>next-token layers, which the model&apos;s description does not tell of</source>
        <translation>Schichten für nächste Tokens, von denen die Beschreibung des Modells nichts sagt</translation>
    </message>
    <message>
        <source>option %1, which %2 is not known to have</source>
        <translation>die Option %1, von der nicht bekannt ist, dass %2 sie hat</translation>
    </message>
    <message>
        <source>The file holds %1 elements, its description gives %2: some of the model&apos;s tensors may not be in it.</source>
        <translation>Die Datei enthält %1 Elemente, ihre Beschreibung ergibt %2: Einige Tensoren des Modells fehlen vielleicht darin.</translation>
    </message>
    <message>
        <source>%1 cuts a quantized matrix into shards %2 wide, which blocks of %3 do not divide</source>
        <translation>%1 schneidet eine quantisierte Matrix in Teile der Breite %2, die Blöcke von %3 nicht teilen</translation>
    </message>
    <message>
        <source>how %1 holds blocks that its ranks cut</source>
        <translation>wie %1 Blöcke hält, die seine Ränge zerschneiden</translation>
    </message>
    <message>
        <source>this release of vLLM refuses prefix caching of a model with such recurrent states</source>
        <translation>Diese Version von vLLM lehnt das Cachen von Präfixen bei einem Modell mit solchen rekurrenten Zuständen ab</translation>
    </message>
    <message>
        <source>this release of vLLM does not draft by next-token layers</source>
        <translation>Diese Version von vLLM entwirft nicht mit Schichten für nächste Tokens</translation>
    </message>
    <message>
        <source>this release of vLLM does not draft by a model</source>
        <translation>Diese Version von vLLM entwirft nicht mit einem Modell</translation>
    </message>
    <message>
        <source>vLLM refuses a draft model of %1 words for one of %2</source>
        <translation>vLLM lehnt ein Entwurfsmodell mit %1 Wörtern für eines mit %2 ab</translation>
    </message>
    <message>
        <source>this release of SGLang does not draft in this way</source>
        <translation>Diese Version von SGLang entwirft nicht auf diese Weise</translation>
    </message>
    <message>
        <source>vLLM takes adapters of rank %1 at most, not %2</source>
        <translation>vLLM nimmt Adapter bis zum Rang %1, nicht %2</translation>
    </message>
    <message>
        <source>%1 divides %2 evenly, and %3 of them cannot be by %4 ranks</source>
        <translation>%1 teilt %2 gleichmäßig, und %3 davon lassen sich nicht auf %4 Ränge teilen</translation>
    </message>
    <message>
        <source>layers that read another&apos;s keys and values would stand on a later pipeline stage of %1 than it</source>
        <translation>Schichten, die Schlüssel und Werte einer anderen lesen, stünden bei %1 auf einer späteren Pipelinestufe als diese</translation>
    </message>
    <message>
        <source>vLLM refuses blocks of %1 tokens: its attention kernels work on multiples of 16</source>
        <translation>vLLM lehnt Blöcke von %1 Tokens ab: Seine Attention-Kernel arbeiten mit Vielfachen von 16</translation>
    </message>
    <message>
        <source>vLLM refuses blocks of %1 tokens: its attention kernels work on multiples of 16, and this release takes 16, 32, 64, 128 or 256</source>
        <translation>vLLM lehnt Blöcke von %1 Tokens ab: Seine Attention-Kernel arbeiten mit Vielfachen von 16, und diese Version nimmt 16, 32, 64, 128 oder 256</translation>
    </message>
    <message>
        <source>llama.cpp has no split mode %1</source>
        <translation>llama.cpp hat keinen Aufteilungsmodus %1</translation>
    </message>
    <message>
        <source>llama.cpp has no device for main_gpu beyond the last one</source>
        <translation>llama.cpp hat für main_gpu kein Gerät hinter dem letzten</translation>
    </message>
    <message>
        <source>override_tensor names the buffer type &apos;%1&apos;, which none of the devices has</source>
        <translation>override_tensor nennt den Puffertyp „%1“, den keines der Geräte hat</translation>
    </message>
    <message>
        <source>how split mode %1 divides matrices over devices</source>
        <translation>wie der Aufteilungsmodus %1 Matrizen auf Geräte verteilt</translation>
    </message>
    <message>
        <source>the tensors that override_tensor means by %1</source>
        <translation>die Tensoren, die override_tensor mit %1 meint</translation>
    </message>
    <message>
        <source>the tensors that override_tensor puts into %1</source>
        <translation>die Tensoren, die override_tensor in %1 legt</translation>
    </message>
    <message>
        <source>the draft model, which is not named</source>
        <translation>das Draft-Modell, das nicht genannt ist</translation>
    </message>
    <message>
        <source>The record begins with %1 allocated; what came before it is not seen.</source>
        <translation>Die Aufzeichnung beginnt mit %1 belegt; was davor war, ist nicht zu sehen.</translation>
    </message>
    <message>
        <source>The record of device %1 begins with %2 allocated; what came before it is not seen.</source>
        <translation>Die Aufzeichnung von Gerät %1 beginnt mit %2 belegt; was davor war, ist nicht zu sehen.</translation>
    </message>
    <message>
        <source>Alive at the peak: %1 from %2.</source>
        <translation>Am Höchststand belegt: %1 aus %2.</translation>
    </message>
    <message>
        <source>Alive at the peak of device %1: %2 from %3.</source>
        <translation>Am Höchststand von Gerät %1 belegt: %2 aus %3.</translation>
    </message>
    <message>
        <source>No events were recorded: the figures are those at the moment of the snapshot.</source>
        <translation>Es wurden keine Ereignisse aufgezeichnet: Die Zahlen sind die im Augenblick der Aufnahme.</translation>
    </message>
    <message>
        <source>This pickle is no snapshot of PyTorch&apos;s memory.</source>
        <translation>Dieser Pickle ist keine Aufnahme des Speichers von PyTorch.</translation>
    </message>
    <message>
        <source>The command names no model.</source>
        <translation>Der Befehl nennt kein Modell.</translation>
    </message>
    <message>
        <source>The model is a variable that the text sets to nothing.</source>
        <translation>Das Modell ist eine Variable, der der Text nichts zuweist.</translation>
    </message>
    <message>
        <source>The text starts %1 trainings; the first is taken.</source>
        <translation>Der Text startet %1 Trainings; das erste wird genommen.</translation>
    </message>
    <message>
        <source>the compute graph of &apos;%1&apos;</source>
        <translation>der Rechengraph von „%1“</translation>
    </message>
    <message>
        <source>mask of the embedding&apos;s dropout</source>
        <translation>Maske des Dropouts der Einbettung</translation>
    </message>
    <message>
        <source>as the method has it</source>
        <translation>wie das Verfahren es vorsieht</translation>
    </message>
    <message>
        <source>the model&apos;s configuration asks for none</source>
        <translation>die Konfiguration des Modells verlangt keines</translation>
    </message>
    <message>
        <source>FlashAttention 2 multiplies in fp16 and bf16 alone and stops in fp32: narrower weights (precision.weights), autocast (training.autocast) or sdpa run</source>
        <translation>FlashAttention 2 multipliziert nur in fp16 und bf16 und bricht in fp32 ab: schmalere Gewichte (precision.weights), Autocast (training.autocast) oder sdpa laufen</translation>
    </message>
    <message>
        <source>%1 is not counted: the step of this job is accounted for by rules that do not know it.</source>
        <translation>%1 wird nicht gezählt: Der Schritt dieses Auftrags wird nach Regeln berechnet, die es nicht kennen.</translation>
    </message>
    <message>
        <source>This release of Ollama runs the model without flash attention unless it is asked for.</source>
        <translation>Diese Version von Ollama führt das Modell ohne Flash Attention aus, wenn sie nicht verlangt wird.</translation>
    </message>
    <message>
        <source>This release of vLLM takes %1 tokens at once unless asked (arg_utils.py, 0.7).</source>
        <translation>Diese Version von vLLM nimmt %1 Token auf einmal, wenn nichts anderes verlangt wird (arg_utils.py, 0.7).</translation>
    </message>
    <message>
        <source>Flash is taken for a kernel that holds no scores. In fp32 torch&apos;s own attention has none for heads in groups, and holds them where nobody says flash.</source>
        <translation>Flash gilt als ein Kernel, der keine Scores hält. In fp32 hat die Attention von torch keinen für gruppierte Köpfe und hält sie, wenn niemand Flash sagt.</translation>
    </message>
    <message>
        <source>In fp32 torch&apos;s own attention has no fused kernel for heads in groups: their scores are held, unless attention is said to be flash.</source>
        <translation>In fp32 hat die Attention von torch keinen fusionierten Kernel für gruppierte Köpfe: Ihre Scores werden gehalten, wenn nicht Flash gesagt ist.</translation>
    </message>
    <message>
        <source>Only the first 64 MiB of the log were read; what it says behind them, a later start too, is not seen.</source>
        <translation>Nur die ersten 64 MiB des Logs wurden gelesen; was dahinter steht, auch ein späterer Start, ist nicht berücksichtigt.</translation>
    </message>
    <message>
        <source>bytes of the step&apos;s tensors per parameter</source>
        <translation>Bytes der Tensoren des Schritts pro Parameter</translation>
    </message>
    <message>
        <source>sums</source>
        <translation>Summen</translation>
    </message>
    <message>
        <source>tensors of a step</source>
        <translation>Tensoren eines Schritts</translation>
    </message>
    <message>
        <source>Put %1 of %2 layers on the device</source>
        <translation>%1 von %2 Schichten auf das Gerät legen</translation>
    </message>
    <message>
        <source>speed: the host computes the rest</source>
        <translation>Geschwindigkeit: den Rest rechnet der Host</translation>
    </message>
    <message>
        <source>The text names no model.</source>
        <translation>Der Text nennt kein Modell.</translation>
    </message>
    <message>
        <source>This part of a log holds no line of what anything takes.</source>
        <translation>Dieser Teil eines Protokolls enthält keine Zeile darüber, was etwas belegt.</translation>
    </message>
    <message>
        <source>The list of arguments breaks off: what stood in the rest of it is not known.</source>
        <translation>Die Liste der Argumente bricht ab: Was in ihrem Rest stand, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>The log&apos;s lines come from ranks up to number %1: as many tensor ranks are taken.</source>
        <translation>Die Zeilen des Protokolls stammen von Rängen bis Nummer %1: So viele Tensor-Ränge werden angenommen.</translation>
    </message>
    <message>
        <source>The file breaks off; what stands there is read.</source>
        <translation>Die Datei bricht ab; gelesen wird, was dasteht.</translation>
    </message>
    <message>
        <source>The command breaks off inside quotes.</source>
        <translation>Der Befehl bricht in Anführungszeichen ab.</translation>
    </message>
    <message>
        <source>What %1 starts is not said; its options are read as those of %2.</source>
        <translation>Was %1 startet, ist nicht gesagt; seine Optionen werden als die von %2 gelesen.</translation>
    </message>
    <message>
        <source>The log&apos;s model is called %1, which is not known here.</source>
        <translation>Das Modell des Protokolls heißt %1, was hier nicht bekannt ist.</translation>
    </message>
    <message>
        <source>Of %1 layers that the log lists, %2 are on the processor.</source>
        <translation>Von %1 Schichten, die das Protokoll aufführt, liegen %2 auf dem Prozessor.</translation>
    </message>
    <message>
        <source>LM Studio expected %1 for the model and %2 for its context before it loaded.</source>
        <translation>LM Studio erwartete vor dem Laden %1 für das Modell und %2 für seinen Kontext.</translation>
    </message>
    <message>
        <source>The table lists %1 models; the first is taken, and the others do not count into its memory.</source>
        <translation>Die Tabelle führt %1 Modelle auf; das erste wird genommen, die anderen zählen nicht zu seinem Speicher.</translation>
    </message>
    <message>
        <source>The log begins in the midst of its devices&apos; caches; the sum it prints of them is taken.</source>
        <translation>Das Protokoll beginnt mitten in den Caches seiner Geräte; genommen wird die Summe, die es von ihnen druckt.</translation>
    </message>
    <message>
        <source>The log begins in the midst of its devices&apos; weights: %1&apos;s are not in it.</source>
        <translation>Das Protokoll beginnt mitten in den Gewichten seiner Geräte: Die von %1 fehlen darin.</translation>
    </message>
    <message>
        <source>Before it loaded, llama.cpp expected to use %1 MiB of device memory where %2 MiB were free.</source>
        <translation>Vor dem Laden erwartete llama.cpp, %1 MiB Gerätespeicher zu belegen, während %2 MiB frei waren.</translation>
    </message>
    <message>
        <source>The settings name no model.</source>
        <translation>Die Einstellungen nennen kein Modell.</translation>
    </message>
    <message>
        <source>The script loads a model that the text does not name.</source>
        <translation>Das Skript lädt ein Modell, das der Text nicht nennt.</translation>
    </message>
    <message>
        <source>The script trains a model that the text does not name.</source>
        <translation>Das Skript trainiert ein Modell, das der Text nicht nennt.</translation>
    </message>
    <message>
        <source>Over how many devices the run is shared is not said; one is counted, which holds it all.</source>
        <translation>Auf wie viele Geräte der Lauf verteilt wird, steht nicht da; gezählt wird eines, das alles hält.</translation>
    </message>
    <message>
        <source>What stands beside the training is taken for the file that says how it is shared.</source>
        <translation>Was neben dem Training steht, gilt als die Datei, die sagt, wie es verteilt wird.</translation>
    </message>
    <message>
        <source>The script&apos;s own batch size is taken for what one device holds at once.</source>
        <translation>Die Batchgröße des Skripts gilt als das, was ein Gerät auf einmal hält.</translation>
    </message>
    <message>
        <source>NPROC_PER_NODE is a variable; a process for each visible device is assumed.</source>
        <translation>NPROC_PER_NODE ist eine Variable; angenommen wird ein Prozess für jedes sichtbare Gerät.</translation>
    </message>
    <message>
        <source>The script has arguments of its own; where they have defaults these are taken, which a command line may change.</source>
        <translation>Das Skript hat eigene Argumente; wo sie Vorgaben haben, gelten diese, was eine Befehlszeile ändern kann.</translation>
    </message>
    <message>
        <source>What DeepSpeed printed is there in part: ZeRO&apos;s stage is not.</source>
        <translation>Was DeepSpeed ausgegeben hat, ist nur zum Teil da: Die ZeRO-Stufe fehlt.</translation>
    </message>
    <message>
        <source>Of the file only a part is there: it breaks off behind %1.</source>
        <translation>Von der Datei ist nur ein Teil da: Sie bricht hinter %1 ab.</translation>
    </message>
    <message>
        <source>Of the file only a part is there: it begins before it.</source>
        <translation>Von der Datei ist nur ein Teil da: Sie beginnt davor.</translation>
    </message>
    <message>
        <source>Of the configuration only a part is there: it breaks off behind %1. What is missing is taken as its class has it by itself.</source>
        <translation>Von der Konfiguration ist nur ein Teil da: Sie bricht hinter %1 ab. Was fehlt, gilt so, wie ihre Klasse es von sich aus hat.</translation>
    </message>
    <message>
        <source>Of the configuration only a part is there: it begins before it. What is missing is taken as its class has it by itself.</source>
        <translation>Von der Konfiguration ist nur ein Teil da: Sie beginnt davor. Was fehlt, gilt so, wie ihre Klasse es von sich aus hat.</translation>
    </message>
    <message>
        <source>this release of %1 takes no adapters for models of this kind</source>
        <translation>Diese Version von %1 nimmt für Modelle dieser Art keine Adapter</translation>
    </message>
    <message>
        <source>serving</source>
        <translation>Betrieb</translation>
    </message>
    <message>
        <source>This is a template: what fills in %1 is not told here and left out, and what stands under a condition is read as if it held.</source>
        <translation>Dies ist eine Vorlage: Was %1 ausfüllt, steht hier nicht und ist ausgelassen, und was unter einer Bedingung steht, wird gelesen, als gälte sie.</translation>
    </message>
    <message>
        <source>Of the page one part is taken: %1.</source>
        <translation>Von der Seite wird ein Teil genommen: %1.</translation>
    </message>
    <message>
        <source>Other parts of the page say otherwise and are left: %1.</source>
        <translation>Andere Teile der Seite sagen es anders und sind ausgelassen: %1.</translation>
    </message>
    <message>
        <source>The text holds another part, which is left: %1.</source>
        <translation>Der Text enthält einen weiteren Teil, der ausgelassen ist: %1.</translation>
    </message>
    <message>
        <source>Of the page one part is taken: %1. The whole says: %2</source>
        <translation>Von der Seite wird ein Teil genommen: %1. Vom Ganzen heißt es: %2</translation>
    </message>
    <message>
        <source>The text also runs %1, which is not read here.</source>
        <translation>Der Text führt auch %1 aus, was hier nicht gelesen wird.</translation>
    </message>
    <message>
        <source>This is a container&apos;s image, no model.</source>
        <translation>Das ist das Abbild eines Containers, kein Modell.</translation>
    </message>
    <message>
        <source>leaves %1 of weights on the host</source>
        <translation>lässt %1 an Gewichten auf dem Host</translation>
    </message>
    <message>
        <source>Nobody asked for a context: %1 shortens it from %2 to %3 tokens (--fit).</source>
        <translation>Niemand hat einen Kontext verlangt: %1 kürzt ihn von %2 auf %3 Token (--fit).</translation>
    </message>
    <message>
        <source>%1 leaves %2 of %3 layers on the host by itself (--fit).</source>
        <translation>%1 lässt %2 von %3 Schichten von selbst auf dem Host (--fit).</translation>
    </message>
    <message>
        <source>%1 leaves experts of %2 of %3 layers on the host by itself (--fit).</source>
        <translation>%1 lässt die Experten von %2 der %3 Schichten von selbst auf dem Host (--fit).</translation>
    </message>
    <message>
        <source>%1 leaves %2 of %3 layers on the host by itself, and experts of %4 more (--fit).</source>
        <translation>%1 lässt %2 von %3 Schichten von selbst auf dem Host und die Experten von %4 weiteren (--fit).</translation>
    </message>
    <message>
        <source>Layers or tensors are placed by hand: llama.cpp moves none of them to make room (--fit).</source>
        <translation>Schichten oder Tensoren sind von Hand verteilt: llama.cpp verschiebt keine davon, um Platz zu schaffen (--fit).</translation>
    </message>
    <message>
        <source>this release runs the model without flash attention</source>
        <translation>diese Version rechnet das Modell ohne Flash Attention</translation>
    </message>
    <message>
        <source>the runner of this release asks for windows of full size</source>
        <translation>der Runner dieser Version verlangt Fenster in voller Größe</translation>
    </message>
    <message>
        <source>what the release takes at once</source>
        <translation>so viel nimmt die Version auf einmal</translation>
    </message>
    <message>
        <source>With -c 0 the server takes the %1 tokens the model was trained for.</source>
        <translation>Mit -c 0 nimmt der Server die %1 Token, mit denen das Modell trainiert wurde.</translation>
    </message>
    <message>
        <source>SGLang takes the largest rank of the files that --lora-paths names, which are not read: %1 is counted.</source>
        <translation>SGLang nimmt den größten Rang der Dateien, die --lora-paths nennt; sie werden nicht gelesen: gezählt wird %1.</translation>
    </message>
    <message>
        <source>Without --lora-paths SGLang wants --max-lora-rank, or it does not start: %1 is counted.</source>
        <translation>Ohne --lora-paths verlangt SGLang --max-lora-rank, sonst startet es nicht: gezählt wird %1.</translation>
    </message>
    <message>
        <source>Conditions of the script choose what %1 is; the last value is taken.</source>
        <translation>Bedingungen des Skripts entscheiden, was %1 ist; der letzte Wert gilt.</translation>
    </message>
    <message>
        <source>The text speaks of %1, but what is read of it does not share the run so.</source>
        <translation>Der Text spricht von %1; was daraus gelesen wurde, teilt den Lauf aber nicht so auf.</translation>
    </message>
    <message>
        <source>The text&apos;s words speak of %1 devices; the run is shared over as many.</source>
        <translation>Der Text spricht von %1 Geräten; auf so viele wird der Lauf aufgeteilt.</translation>
    </message>
    <message>
        <source>The script is taken for alpaca-lora&apos;s: what it is not told is that one&apos;s default, such as weights of 8 bits, rank 8 and recomputation.</source>
        <translation>Das Skript gilt als das von alpaca-lora: Was ihm nicht gesagt wird, ist dessen Vorgabe, etwa 8-Bit-Gewichte, Rang 8 und Neuberechnung.</translation>
    </message>
    <message>
        <source>A variable that the text does not set says over how many processes or machines the run is shared; one is assumed for it.</source>
        <translation>Eine Variable, die der Text nicht setzt, sagt, auf wie viele Prozesse oder Maschinen der Lauf aufgeteilt ist; für sie wird eins angenommen.</translation>
    </message>
    <message>
        <source>The log does not say how the model is trained; LoRA is assumed.</source>
        <translation>Das Protokoll sagt nicht, wie das Modell trainiert wird; LoRA wird angenommen.</translation>
    </message>
    <message>
        <source>The script has options that are not known here; memory may follow them: %1.</source>
        <translation>Das Skript hat Optionen, die hier nicht bekannt sind; der Speicher kann von ihnen abhängen: %1.</translation>
    </message>
    <message>
        <source>The words beside it say what it does not: %1.</source>
        <translation>Die Worte daneben sagen, was es selbst nicht sagt: %1.</translation>
    </message>
    <message>
        <source>The words beside it name what is left: %1.</source>
        <translation>Die Worte daneben nennen, was ausgelassen ist: %1.</translation>
    </message>
    <message>
        <source>Release %1 is what the words beside it name.</source>
        <translation>Die Version %1 nennen die Worte daneben.</translation>
    </message>
    <message>
        <source>The words beside it name several releases, and none is taken: %1.</source>
        <translation>Die Worte daneben nennen mehrere Versionen, und keine ist übernommen: %1.</translation>
    </message>
    <message>
        <source>The model is the one that the words beside it name: %1.</source>
        <translation>Das Modell ist das, das die Worte daneben nennen: %1.</translation>
    </message>
    <message>
        <source>The text holds no command; what its words say of the options is taken.</source>
        <translation>Der Text enthält keinen Befehl; übernommen ist, was seine Worte von den Optionen sagen.</translation>
    </message>
    <message>
        <source>A branch of the script adds arguments; they count as if it were taken.</source>
        <translation>Ein Zweig des Skripts fügt Argumente hinzu; sie zählen, als würde er genommen.</translation>
    </message>
    <message>
        <source>adapters&apos; results</source>
        <translation>Ergebnisse der Adapter</translation>
    </message>
    <message>
        <source>small weights that stay gathered</source>
        <translation>kleine Gewichte, die gesammelt bleiben</translation>
    </message>
    <message>
        <source>stages and one</source>
        <translation>Stufen und eine</translation>
    </message>
</context>
<context>
    <name>headroom::ui</name>
    <message numerus="yes">
        <source>%n others</source>
        <translation>
            <numerusform>%n weitere</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>capacity</source>
        <translation>Kapazität</translation>
    </message>
    <message>
        <source>usable</source>
        <translation>nutzbar</translation>
    </message>
    <message>
        <source>band of runs</source>
        <translation>Band der Läufe</translation>
    </message>
    <message>
        <source>gives way</source>
        <translation>gibt nach</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>passt nicht</translation>
    </message>
    <message numerus="yes">
        <source>and %n more lines</source>
        <translation>
            <numerusform>und eine weitere Zeile</numerusform>
            <numerusform>und %n weitere Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>all linear layers</source>
        <translation>alle linearen Schichten</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>as given</source>
        <translation>wie gegeben</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1 B parameters</source>
        <translation>%1 Mrd. Parameter</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Workload</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Accelerator</source>
        <translation>Beschleuniger</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Batch</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>LoRA rank</source>
        <translation>LoRA-Rang</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Präzision</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV-Cache</translation>
    </message>
    <message>
        <source>Keys alone</source>
        <translation>Nur Keys</translation>
    </message>
    <message>
        <source>Values alone</source>
        <translation>Nur Values</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>Rechenformat</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>Gradienten</translation>
    </message>
    <message>
        <source>Optimizer states</source>
        <translation>Optimizer-Zustände</translation>
    </message>
    <message>
        <source>Master weights</source>
        <translation>Master-Gewichte</translation>
    </message>
    <message>
        <source>Adapters</source>
        <translation>Adapter</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>Framework</source>
        <translation>Framework</translation>
    </message>
    <message>
        <source>Engine version</source>
        <translation>Engine-Version</translation>
    </message>
    <message>
        <source>Engine options</source>
        <translation>Engine-Optionen</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>Logits kept</source>
        <translation>Gehaltene Logits</translation>
    </message>
    <message>
        <source>Prefill tokens</source>
        <translation>Prefill-Token</translation>
    </message>
    <message>
        <source>Max sequences</source>
        <translation>Max. Sequenzen</translation>
    </message>
    <message>
        <source>Memory share</source>
        <translation>Speicheranteil</translation>
    </message>
    <message>
        <source>CUDA graphs</source>
        <translation>CUDA Graphs</translation>
    </message>
    <message>
        <source>Unified KV cache</source>
        <translation>Gemeinsamer KV-Cache</translation>
    </message>
    <message>
        <source>Full window cache</source>
        <translation>Voller Fenster-Cache</translation>
    </message>
    <message>
        <source>Latent KV cache</source>
        <translation>Latenter KV-Cache</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>Optimizer</translation>
    </message>
    <message>
        <source>Step in backward</source>
        <translation>Schritt im Backward</translation>
    </message>
    <message>
        <source>Accumulation</source>
        <translation>Akkumulation</translation>
    </message>
    <message>
        <source>Checkpointing</source>
        <translation>Checkpointing</translation>
    </message>
    <message>
        <source>Checkpoint every n-th layer</source>
        <translation>Checkpoint je n Schichten</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Loss</translation>
    </message>
    <message>
        <source>LoRA targets</source>
        <translation>LoRA-Ziele</translation>
    </message>
    <message>
        <source>DoRA</source>
        <translation>DoRA</translation>
    </message>
    <message>
        <source>torch.compile</source>
        <translation>torch.compile</translation>
    </message>
    <message>
        <source>Data parallel</source>
        <translation>Datenparallel</translation>
    </message>
    <message>
        <source>Tensor parallel</source>
        <translation>Tensorparallel</translation>
    </message>
    <message>
        <source>Pipeline stages</source>
        <translation>Pipeline-Stufen</translation>
    </message>
    <message>
        <source>Virtual stages</source>
        <translation>Virtuelle Stufen</translation>
    </message>
    <message>
        <source>Context parallel</source>
        <translation>Kontextparallel</translation>
    </message>
    <message>
        <source>Expert parallel</source>
        <translation>Expertenparallel</translation>
    </message>
    <message>
        <source>Expert tensor</source>
        <translation>Experten-Tensor</translation>
    </message>
    <message>
        <source>Sequence parallel</source>
        <translation>Sequenzparallel</translation>
    </message>
    <message>
        <source>Sharding</source>
        <translation>Sharding</translation>
    </message>
    <message>
        <source>Reserve</source>
        <translation>Reserve</translation>
    </message>
    <message>
        <source>Layers on GPU</source>
        <translation>Schichten auf GPU</translation>
    </message>
    <message>
        <source>Experts on host</source>
        <translation>Experten im Host</translation>
    </message>
    <message>
        <source>KV cache on host</source>
        <translation>KV-Cache im Host</translation>
    </message>
    <message>
        <source>Optimizer on</source>
        <translation>Optimizer auf</translation>
    </message>
    <message>
        <source>Weights on</source>
        <translation>Gewichte auf</translation>
    </message>
    <message>
        <source>Activations on</source>
        <translation>Aktivierungen auf</translation>
    </message>
    <message>
        <source>Memory of each</source>
        <translation>Speicher je Gerät</translation>
    </message>
    <message>
        <source>Compute capability</source>
        <translation>Compute Capability</translation>
    </message>
    <message>
        <source>Preference or RL</source>
        <translation>Präferenz oder RL</translation>
    </message>
    <message>
        <source>Reference model</source>
        <translation>Referenzmodell</translation>
    </message>
    <message>
        <source>Teacher</source>
        <translation>Lehrer</translation>
    </message>
    <message>
        <source>Rollouts by</source>
        <translation>Rollouts durch</translation>
    </message>
    <message>
        <source>Engine&apos;s share</source>
        <translation>Anteil der Engine</translation>
    </message>
    <message>
        <source>Engine sleeps</source>
        <translation>Engine schläft</translation>
    </message>
    <message>
        <source>Completion</source>
        <translation>Completion</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Advice</source>
        <translation>Rat</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Measured run</source>
        <translation>Gemessener Lauf</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Kalibrierung</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>Dimensionen</translation>
    </message>
    <message>
        <source>Compared devices</source>
        <translation>Verglichene Geräte</translation>
    </message>
    <message>
        <source>Open sections</source>
        <translation>Offene Abschnitte</translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation>Szenarien</translation>
    </message>
    <message>
        <source>What is asked</source>
        <translation>Was gefragt ist</translation>
    </message>
    <message>
        <source>Values of a point</source>
        <translation>Werte eines Punkts</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Hidden size</source>
        <translation>Hidden Size</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>Heads</translation>
    </message>
    <message>
        <source>KV heads</source>
        <translation>KV-Heads</translation>
    </message>
    <message>
        <source>Head size</source>
        <translation>Head-Größe</translation>
    </message>
    <message>
        <source>MLP width</source>
        <translation>MLP-Breite</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>Vokabular</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>Experts per token</source>
        <translation>Experten je Token</translation>
    </message>
    <message>
        <source>Expert width</source>
        <translation>Expertenbreite</translation>
    </message>
    <message>
        <source>Tied head</source>
        <translation>Geteilter Kopf</translation>
    </message>
    <message>
        <source>as stored</source>
        <translation>wie gespeichert</translation>
    </message>
    <message>
        <source>Custom %1 GiB</source>
        <translation>Eigene %1 GiB</translation>
    </message>
    <message>
        <source>no accelerator</source>
        <translation>kein Beschleuniger</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>newest</source>
        <translation>neueste</translation>
    </message>
    <message>
        <source>Reduction</source>
        <translation>Reduktion</translation>
    </message>
    <message>
        <source>Format gradients travel in between ranks.</source>
        <translation>Format, in dem Gradienten zwischen Ranks reisen.</translation>
    </message>
    <message>
        <source>KV pool bytes</source>
        <translation>KV-Pool, Bytes</translation>
    </message>
    <message>
        <source>Bytes of the pools on one device, instead of what the claim leaves (--kv-cache-memory-bytes).</source>
        <translation>Bytes der Pools auf einem Gerät, statt dessen, was der Anspruch übrig lässt (--kv-cache-memory-bytes).</translation>
    </message>
    <message>
        <source>Prefix caching</source>
        <translation>Prefix-Caching</translation>
    </message>
    <message>
        <source>Keeps the cache of prompts for later requests; recurrent states then take more blocks.</source>
        <translation>Hält den Cache von Prompts für spätere Anfragen; rekurrente Zustände brauchen dann mehr Blöcke.</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Zweck</translation>
    </message>
    <message>
        <source>Embedding, reranking and classifying models sample nothing: no logits.</source>
        <translation>Embedding-, Reranking- und Klassifikationsmodelle sampeln nichts: keine Logits.</translation>
    </message>
    <message>
        <source>Activation factor</source>
        <translation>Aktivierungsfaktor</translation>
    </message>
    <message>
        <source>7 tensors / layer in training: hidden-sized tensors that a layer keeps.</source>
        <translation>7 Tensoren / Schicht im Training: Tensoren der Hidden Size, die eine Schicht hält.</translation>
    </message>
    <message>
        <source>Tensors per block</source>
        <translation>Tensoren je Block</translation>
    </message>
    <message>
        <source>14 tensors / block in training: hidden-sized tensors that a block keeps, c.</source>
        <translation>14 Tensoren / Block im Training: Tensoren der Hidden Size, die ein Block hält, c.</translation>
    </message>
    <message>
        <source>Checkpoint divisor</source>
        <translation>Checkpoint-Teiler</translation>
    </message>
    <message>
        <source>Share of weights in training: what checkpointing divides activations by, K.</source>
        <translation>Anteil der Gewichte im Training: wodurch Checkpointing die Aktivierungen teilt, K.</translation>
    </message>
    <message>
        <source>Preserved layers</source>
        <translation>Behaltene Schichten</translation>
    </message>
    <message>
        <source>Share of weights in training: layers whose activations are kept.</source>
        <translation>Anteil der Gewichte im Training: Schichten, deren Aktivierungen bleiben.</translation>
    </message>
    <message>
        <source>Activation share</source>
        <translation>Aktivierungsanteil</translation>
    </message>
    <message>
        <source>Rules of thumb in serving: activations as a share of the weights.</source>
        <translation>Faustregeln im Serving: Aktivierungen als Anteil der Gewichte.</translation>
    </message>
    <message>
        <source>Workspace share</source>
        <translation>Workspace-Anteil</translation>
    </message>
    <message>
        <source>Rules of thumb: workspace as a share of everything else.</source>
        <translation>Faustregeln: Workspace als Anteil an allem anderen.</translation>
    </message>
    <message>
        <source>Serve adapters</source>
        <translation>Adapter ausliefern</translation>
    </message>
    <message>
        <source>The server keeps low-rank adapters beside the model (--enable-lora).</source>
        <translation>Der Server hält Low-Rank-Adapter neben dem Modell (--enable-lora).</translation>
    </message>
    <message>
        <source>Adapter slots</source>
        <translation>Adapter-Slots</translation>
    </message>
    <message>
        <source>Adapters on the device at once (max_loras).</source>
        <translation>Adapter gleichzeitig auf dem Gerät (max_loras).</translation>
    </message>
    <message>
        <source>Largest rank</source>
        <translation>Größter Rang</translation>
    </message>
    <message>
        <source>Every slot is as wide as the largest adapter (max_lora_rank).</source>
        <translation>Jeder Slot ist so breit wie der größte Adapter (max_lora_rank).</translation>
    </message>
    <message>
        <source>Adapted modules</source>
        <translation>Angepasste Module</translation>
    </message>
    <message>
        <source>all-linear, attention, or module names with commas between them.</source>
        <translation>all-linear, attention oder Modulnamen mit Kommas dazwischen.</translation>
    </message>
    <message>
        <source>Adapter format</source>
        <translation>Adapter-Format</translation>
    </message>
    <message>
        <source>Number format of the served adapters.</source>
        <translation>Zahlenformat der ausgelieferten Adapter.</translation>
    </message>
    <message>
        <source>Speculative decoding</source>
        <translation>Spekulatives Dekodieren</translation>
    </message>
    <message>
        <source>Something small proposes tokens that the model checks; it takes weights and cache of its own.</source>
        <translation>Etwas Kleines schlägt Token vor, die das Modell prüft; es braucht eigene Gewichte und eigenen Cache.</translation>
    </message>
    <message>
        <source>Proposed by</source>
        <translation>Vorschläge von</translation>
    </message>
    <message>
        <source>A draft model, the checkpoint&apos;s own next-token layers, an EAGLE head, or the text itself.</source>
        <translation>Ein Draft-Modell, die Next-Token-Schichten des Checkpoints selbst, ein EAGLE-Kopf oder der Text selbst.</translation>
    </message>
    <message>
        <source>Tokens proposed</source>
        <translation>Vorgeschlagene Token</translation>
    </message>
    <message>
        <source>Proposed per step.</source>
        <translation>Je Schritt vorgeschlagen.</translation>
    </message>
    <message>
        <source>Draft model</source>
        <translation>Draft-Modell</translation>
    </message>
    <message>
        <source>A model of the catalogue by its id.</source>
        <translation>Ein Modell des Katalogs, mit seiner ID.</translation>
    </message>
    <message>
        <source>Limit images</source>
        <translation>Bilder begrenzen</translation>
    </message>
    <message>
        <source>How many images a request of a multimodal server may hold.</source>
        <translation>Wie viele Bilder eine Anfrage an einen multimodalen Server enthalten darf.</translation>
    </message>
    <message>
        <source>Images per request</source>
        <translation>Bilder je Anfrage</translation>
    </message>
    <message>
        <source>0: text only; the encoder is not run.</source>
        <translation>0: nur Text; der Encoder läuft nicht.</translation>
    </message>
    <message>
        <source>Image width</source>
        <translation>Bildbreite</translation>
    </message>
    <message>
        <source>Pixels of the largest image. Empty: the most its processor takes.</source>
        <translation>Pixel des größten Bilds. Leer: das Meiste, was sein Prozessor nimmt.</translation>
    </message>
    <message>
        <source>Image height</source>
        <translation>Bildhöhe</translation>
    </message>
    <message>
        <source>Optimizer walks</source>
        <translation>Optimizer geht</translation>
    </message>
    <message>
        <source>Lists of parameters with a temporary beside them (foreach), one kernel without (fused), or one by one.</source>
        <translation>Listen von Parametern mit einem Zwischenergebnis daneben (foreach), ein Kernel ohne (fused), oder einzeln.</translation>
    </message>
    <message>
        <source>Reentrant checkpoints</source>
        <translation>Reentrant-Checkpoints</translation>
    </message>
    <message>
        <source>torch&apos;s older way to recompute.</source>
        <translation>torchs ältere Art der Neuberechnung.</translation>
    </message>
    <message>
        <source>Checkpoints lie</source>
        <translation>Checkpoints liegen</translation>
    </message>
    <message>
        <source>Inside or around the units of FSDP: whether gathered weights wait for the recomputation.</source>
        <translation>In oder um die Einheiten von FSDP: ob gesammelte Gewichte auf die Neuberechnung warten.</translation>
    </message>
    <message>
        <source>Selective by</source>
        <translation>Selektiv nach</translation>
    </message>
    <message>
        <source>op: the dear operators are kept; a number n: every n-th layer is recomputed whole.</source>
        <translation>op: die teuren Operatoren bleiben; eine Zahl n: jede n-te Schicht wird ganz neu berechnet.</translation>
    </message>
    <message>
        <source>Attention by</source>
        <translation>Attention durch</translation>
    </message>
    <message>
        <source>The attention kernel of the step; eager holds the scores.</source>
        <translation>Der Attention-Kernel des Schritts; eager hält die Scores.</translation>
    </message>
    <message>
        <source>Norms by</source>
        <translation>Norms durch</translation>
    </message>
    <message>
        <source>Operator by operator, which keeps a wide copy of the hidden states, or one fused kernel.</source>
        <translation>Operator für Operator, was eine breite Kopie der Hidden States hält, oder ein verschmolzener Kernel.</translation>
    </message>
    <message>
        <source>Autocast</source>
        <translation>Autocast</translation>
    </message>
    <message>
        <source>Weights keep their format and operators run in the compute format; cast copies live for a while.</source>
        <translation>Gewichte behalten ihr Format, Operatoren rechnen im Rechenformat; umgewandelte Kopien leben eine Weile.</translation>
    </message>
    <message>
        <source>Forward fills a cache</source>
        <translation>Forward füllt Cache</translation>
    </message>
    <message>
        <source>The forward pass of the step fills a KV cache.</source>
        <translation>Der Forward-Durchlauf des Schritts füllt einen KV-Cache.</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Of hidden states, 0 … 1; above 0 its masks are kept.</source>
        <translation>Der Hidden States, 0 … 1; über 0 bleiben die Masken.</translation>
    </message>
    <message>
        <source>Adapter dropout</source>
        <translation>Adapter-Dropout</translation>
    </message>
    <message>
        <source>Of the adapters&apos; inputs, 0 … 1; above 0 each adapter keeps its own input and mask.</source>
        <translation>Der Eingaben der Adapter, 0 … 1; über 0 hält jeder Adapter eigene Eingabe und Maske.</translation>
    </message>
    <message>
        <source>rsLoRA</source>
        <translation>rsLoRA</translation>
    </message>
    <message>
        <source>Scales by the root of the rank; takes no memory.</source>
        <translation>Skaliert mit der Wurzel des Rangs; kostet keinen Speicher.</translation>
    </message>
    <message>
        <source>Trained whole</source>
        <translation>Ganz trainiert</translation>
    </message>
    <message>
        <source>Modules trained whole beside the adapters: lm_head, embed_tokens.</source>
        <translation>Module, die neben den Adaptern ganz trainiert werden: lm_head, embed_tokens.</translation>
    </message>
    <message>
        <source>k-bit preparation</source>
        <translation>k-Bit-Vorbereitung</translation>
    </message>
    <message>
        <source>What is not quantized becomes fp32 (prepare_model_for_kbit_training).</source>
        <translation>Was nicht quantisiert ist, wird fp32 (prepare_model_for_kbit_training).</translation>
    </message>
    <message>
        <source>Logits outlive the loss</source>
        <translation>Logits überleben Loss</translation>
    </message>
    <message>
        <source>A variable keeps the logits until the backward pass has ended.</source>
        <translation>Eine Variable hält die Logits, bis der Backward-Durchlauf zu Ende ist.</translation>
    </message>
    <message>
        <source>Loss rows at a time</source>
        <translation>Loss-Zeilen je Mal</translation>
    </message>
    <message>
        <source>Rows the loss takes at a time; 0: all.</source>
        <translation>Zeilen, die der Loss auf einmal nimmt; 0: alle.</translation>
    </message>
    <message>
        <source>Loss chunks</source>
        <translation>Loss-Stücke</translation>
    </message>
    <message>
        <source>Parts the loss is cut into; 0: not cut.</source>
        <translation>Teile, in die der Loss zerlegt wird; 0: gar nicht.</translation>
    </message>
    <message>
        <source>Head tokens at a time</source>
        <translation>Kopf-Token je Mal</translation>
    </message>
    <message>
        <source>Tokens the output head takes at a time; 0: all.</source>
        <translation>Token, die der Ausgabekopf auf einmal nimmt; 0: alle.</translation>
    </message>
    <message>
        <source>Compiled loss</source>
        <translation>Kompilierter Loss</translation>
    </message>
    <message>
        <source>torch.compile of the loss.</source>
        <translation>torch.compile des Loss.</translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation>Gradient Clipping</translation>
    </message>
    <message>
        <source>How the norm of all gradients is taken; lists need a temporary.</source>
        <translation>Wie die Norm aller Gradienten gebildet wird; Listen brauchen ein Zwischenergebnis.</translation>
    </message>
    <message>
        <source>Lengths</source>
        <translation>Längen</translation>
    </message>
    <message>
        <source>Of micro-batches: all alike, rows filled with samples, padded, or as long as the longest sample.</source>
        <translation>Der Micro-Batches: alle gleich, mit Beispielen gefüllte Zeilen, aufgefüllt, oder so lang wie das längste Beispiel.</translation>
    </message>
    <message>
        <source>Reward model</source>
        <translation>Reward-Modell</translation>
    </message>
    <message>
        <source>none, a number of parameters, or a model of the catalogue.</source>
        <translation>none, eine Parameterzahl oder ein Modell des Katalogs.</translation>
    </message>
    <message>
        <source>Critic</source>
        <translation>Critic</translation>
    </message>
    <message>
        <source>PPO&apos;s value model, trained as the policy is: none, a number of parameters, or a model of the catalogue.</source>
        <translation>Das Wertmodell von PPO, trainiert wie die Policy: none, eine Parameterzahl oder ein Modell des Katalogs.</translation>
    </message>
    <message>
        <source>Engine&apos;s tensor ranks</source>
        <translation>Tensor-Ranks der Engine</translation>
    </message>
    <message>
        <source>Tensor-parallel ranks of the engine that generates.</source>
        <translation>Tensorparallele Ranks der Engine, die generiert.</translation>
    </message>
    <message>
        <source>Generations</source>
        <translation>Generierungen</translation>
    </message>
    <message>
        <source>Completions per prompt.</source>
        <translation>Completions je Prompt.</translation>
    </message>
    <message>
        <source>FSDP1 strategy</source>
        <translation>FSDP1-Strategie</translation>
    </message>
    <message>
        <source>FULL_SHARD shares weights, gradients and states; SHARD_GRAD_OP keeps gathered weights; NO_SHARD nothing.</source>
        <translation>FULL_SHARD teilt Gewichte, Gradienten und Zustände; SHARD_GRAD_OP behält gesammelte Gewichte; NO_SHARD teilt nichts.</translation>
    </message>
    <message>
        <source>Wrapped</source>
        <translation>Umhüllt</translation>
    </message>
    <message>
        <source>FSDP: every block is a unit, or the whole model is one.</source>
        <translation>FSDP: jeder Block ist eine Einheit, oder das ganze Modell ist eine.</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>Einheiten</translation>
    </message>
    <message>
        <source>FSDP: what of embedding, norm and head is a unit of its own.</source>
        <translation>FSDP: was von Embedding, Norm und Kopf eine eigene Einheit ist.</translation>
    </message>
    <message>
        <source>Free after forward</source>
        <translation>Frei nach Forward</translation>
    </message>
    <message>
        <source>FSDP: gathered weights are freed after a unit&apos;s forward pass.</source>
        <translation>FSDP: gesammelte Gewichte werden nach dem Forward einer Einheit freigegeben.</translation>
    </message>
    <message>
        <source>… the root&apos;s too</source>
        <translation>… auch die der Wurzel</translation>
    </message>
    <message>
        <source>FSDP2: those of the root unit.</source>
        <translation>FSDP2: die der Wurzeleinheit.</translation>
    </message>
    <message>
        <source>… the head&apos;s too</source>
        <translation>… auch die des Kopfs</translation>
    </message>
    <message>
        <source>FSDP2: those of the unit of norm and head.</source>
        <translation>FSDP2: die der Einheit aus Norm und Kopf.</translation>
    </message>
    <message>
        <source>Free after backward</source>
        <translation>Frei nach Backward</translation>
    </message>
    <message>
        <source>FSDP2: gathered weights are freed after each micro-batch&apos;s backward pass.</source>
        <translation>FSDP2: gesammelte Gewichte werden nach dem Backward jedes Micro-Batches freigegeben.</translation>
    </message>
    <message>
        <source>Prefetch</source>
        <translation>Prefetch</translation>
    </message>
    <message>
        <source>FSDP: when the next unit&apos;s weights are gathered.</source>
        <translation>FSDP: wann die Gewichte der nächsten Einheit gesammelt werden.</translation>
    </message>
    <message>
        <source>Replicas of groups</source>
        <translation>Kopien von Gruppen</translation>
    </message>
    <message>
        <source>FSDP: copies of the group that shards (HSDP).</source>
        <translation>FSDP: Kopien der Gruppe, die shardet (HSDP).</translation>
    </message>
    <message>
        <source>Gradients reduced</source>
        <translation>Gradienten-Reduktion</translation>
    </message>
    <message>
        <source>In every micro-batch, or in the last alone, which keeps whole gradients until then.</source>
        <translation>In jedem Micro-Batch, oder nur im letzten, was bis dahin ganze Gradienten hält.</translation>
    </message>
    <message>
        <source>Original parameters</source>
        <translation>Originalparameter</translation>
    </message>
    <message>
        <source>FSDP1: use_orig_params.</source>
        <translation>FSDP1: use_orig_params.</translation>
    </message>
    <message>
        <source>Limit all-gathers</source>
        <translation>All-gathers begrenzen</translation>
    </message>
    <message>
        <source>FSDP1: limit_all_gathers.</source>
        <translation>FSDP1: limit_all_gathers.</translation>
    </message>
    <message>
        <source>Adapters apart</source>
        <translation>Adapter getrennt</translation>
    </message>
    <message>
        <source>FSDP: adapters are units of their own.</source>
        <translation>FSDP: Adapter sind eigene Einheiten.</translation>
    </message>
    <message>
        <source>Bucket bytes</source>
        <translation>Bucket-Bytes</translation>
    </message>
    <message>
        <source>DDP: bytes of a bucket of gradients.</source>
        <translation>DDP: Bytes eines Buckets von Gradienten.</translation>
    </message>
    <message>
        <source>Gradients are views</source>
        <translation>Gradienten als Views</translation>
    </message>
    <message>
        <source>DDP: gradients are views of the buckets instead of copies beside them.</source>
        <translation>DDP: Gradienten sind Views der Buckets statt Kopien daneben.</translation>
    </message>
    <message>
        <source>Static graph</source>
        <translation>Statischer Graph</translation>
    </message>
    <message>
        <source>DDP: static_graph.</source>
        <translation>DDP: static_graph.</translation>
    </message>
    <message>
        <source>Loss parallel</source>
        <translation>Loss-parallel</translation>
    </message>
    <message>
        <source>Tensor parallelism: the vocabulary stays split in the loss.</source>
        <translation>Tensorparallelität: das Vokabular bleibt im Loss geteilt.</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Zeitplan</translation>
    </message>
    <message>
        <source>Of a pipeline: how many micro-batches&apos; activations are alive on a stage.</source>
        <translation>Einer Pipeline: die Aktivierungen wie vieler Micro-Batches auf einer Stufe leben.</translation>
    </message>
    <message>
        <source>Micro-batches</source>
        <translation>Micro-Batches</translation>
    </message>
    <message>
        <source>A pipeline&apos;s step is cut into so many.</source>
        <translation>In so viele wird der Schritt einer Pipeline zerlegt.</translation>
    </message>
    <message>
        <source>Reduce bucket</source>
        <translation>Reduce-Bucket</translation>
    </message>
    <message>
        <source>DeepSpeed: reduce_bucket_size, elements.</source>
        <translation>DeepSpeed: reduce_bucket_size, Elemente.</translation>
    </message>
    <message>
        <source>All-gather bucket</source>
        <translation>All-gather-Bucket</translation>
    </message>
    <message>
        <source>DeepSpeed stage 1 and 2: allgather_bucket_size, elements.</source>
        <translation>DeepSpeed Stufe 1 und 2: allgather_bucket_size, Elemente.</translation>
    </message>
    <message>
        <source>Prefetch bucket</source>
        <translation>Prefetch-Bucket</translation>
    </message>
    <message>
        <source>DeepSpeed stage 3: stage3_prefetch_bucket_size, elements.</source>
        <translation>DeepSpeed Stufe 3: stage3_prefetch_bucket_size, Elemente.</translation>
    </message>
    <message>
        <source>Kept whole below</source>
        <translation>Ganz gehalten unter</translation>
    </message>
    <message>
        <source>DeepSpeed stage 3: stage3_param_persistence_threshold, elements.</source>
        <translation>DeepSpeed Stufe 3: stage3_param_persistence_threshold, Elemente.</translation>
    </message>
    <message>
        <source>Live at most</source>
        <translation>Höchstens lebendig</translation>
    </message>
    <message>
        <source>DeepSpeed stage 3: stage3_max_live_parameters, elements.</source>
        <translation>DeepSpeed Stufe 3: stage3_max_live_parameters, Elemente.</translation>
    </message>
    <message>
        <source>Kept when reused within</source>
        <translation>Behalten bei Nutzung in</translation>
    </message>
    <message>
        <source>DeepSpeed stage 3: stage3_max_reuse_distance, elements.</source>
        <translation>DeepSpeed Stufe 3: stage3_max_reuse_distance, Elemente.</translation>
    </message>
    <message>
        <source>Overlap</source>
        <translation>Überlappung</translation>
    </message>
    <message>
        <source>DeepSpeed: overlap_comm.</source>
        <translation>DeepSpeed: overlap_comm.</translation>
    </message>
    <message>
        <source>Contiguous gradients</source>
        <translation>Gradienten am Stück</translation>
    </message>
    <message>
        <source>DeepSpeed: contiguous_gradients.</source>
        <translation>DeepSpeed: contiguous_gradients.</translation>
    </message>
    <message>
        <source>Tensor split</source>
        <translation>Tensor-Split</translation>
    </message>
    <message>
        <source>llama.cpp: shares of the devices, 3, 1 (--tensor-split).</source>
        <translation>llama.cpp: Anteile der Geräte, 3, 1 (--tensor-split).</translation>
    </message>
    <message>
        <source>Not modelled</source>
        <translation>Nicht modelliert</translation>
    </message>
    <message>
        <source>What takes memory and has no setting here; it stands in the verdict. Several with ; between them.</source>
        <translation>Was Speicher braucht und hier keine Einstellung hat; es steht im Urteil. Mehrere mit ; dazwischen.</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 und %2 weitere</translation>
    </message>
    <message>
        <source>%1: read as %2.</source>
        <translation>%1: gelesen als %2.</translation>
    </message>
    <message>
        <source>Not counted, though memory depends on it: %1</source>
        <translation>Nicht gezählt, obwohl Speicher davon abhängt: %1</translation>
    </message>
    <message>
        <source>Left out, without a say in memory: %1</source>
        <translation>Ausgelassen, ohne Einfluss auf den Speicher: %1</translation>
    </message>
    <message>
        <source>Custom: %1 GiB</source>
        <translation>Eigenes: %1 GiB</translation>
    </message>
    <message>
        <source>a device of which a process can take that much</source>
        <translation>ein Gerät, von dem ein Prozess so viel bekommen kann</translation>
    </message>
    <message>
        <source>As stored</source>
        <translation>Wie gespeichert</translation>
    </message>
    <message>
        <source>GGUF file types</source>
        <translation>GGUF-Dateitypen</translation>
    </message>
    <message>
        <source>Floating point</source>
        <translation>Gleitkomma</translation>
    </message>
    <message>
        <source>4 bit and about</source>
        <translation>4 Bit und ähnlich</translation>
    </message>
    <message>
        <source>8 bit</source>
        <translation>8 Bit</translation>
    </message>
    <message>
        <source>%1 bits per weight · %2</source>
        <translation>%1 Bit je Gewicht · %2</translation>
    </message>
    <message>
        <source>recurrent, no KV cache</source>
        <translation>rekurrent, kein KV-Cache</translation>
    </message>
    <message>
        <source>no attention</source>
        <translation>keine Attention</translation>
    </message>
    <message>
        <source>MLA</source>
        <translation>MLA</translation>
    </message>
    <message>
        <source>MQA</source>
        <translation>MQA</translation>
    </message>
    <message>
        <source>MHA</source>
        <translation>MHA</translation>
    </message>
    <message>
        <source>GQA, %1 KV heads</source>
        <translation>GQA, %1 KV-Heads</translation>
    </message>
    <message>
        <source>, %1 of %2 windowed</source>
        <translation>, %1 von %2 mit Fenster</translation>
    </message>
    <message>
        <source>, %1 recurrent</source>
        <translation>, %1 rekurrent</translation>
    </message>
    <message>
        <source>%1 parameters, %2 active</source>
        <translation>%1 Parameter, %2 aktiv</translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>%1 Parameter</translation>
    </message>
    <message>
        <source>%1 layers</source>
        <translation>%1 Schichten</translation>
    </message>
    <message>
        <source>%1 context</source>
        <translation>%1 Kontext</translation>
    </message>
    <message>
        <source>Default: %1</source>
        <translation>Standard: %1</translation>
    </message>
    <message>
        <source>Default: %1 (%2)</source>
        <translation>Standard: %1 (%2)</translation>
    </message>
    <message>
        <source>a part of “%1”, which is off</source>
        <translation>ein Teil von „%1“, das aus ist</translation>
    </message>
    <message>
        <source>Not a number; write 8192, 8k or 1M</source>
        <translation>Keine Zahl; etwa 8192, 8k oder 1M</translation>
    </message>
    <message>
        <source>A whole number, please</source>
        <translation>Bitte eine ganze Zahl</translation>
    </message>
    <message>
        <source>Between %1 and %2</source>
        <translation>Zwischen %1 und %2</translation>
    </message>
    <message>
        <source>Not an amount; write 4 GiB or bytes</source>
        <translation>Keine Menge; etwa 4 GiB oder Bytes</translation>
    </message>
    <message>
        <source>Not a share; write 90 % or 0.9</source>
        <translation>Kein Anteil; etwa 90 % oder 0.9</translation>
    </message>
    <message>
        <source>Between 0 and %1 %</source>
        <translation>Zwischen 0 und %1 %</translation>
    </message>
    <message>
        <source>A number such as 8.9, 1 to 100.</source>
        <translation>Eine Zahl wie 8.9, von 1 bis 100.</translation>
    </message>
    <message>
        <source>Number format of cached keys where it differs from the values&apos;.</source>
        <translation>Zahlenformat der Keys im Cache, wo es von dem der Values abweicht.</translation>
    </message>
    <message>
        <source>Number format of cached values where it differs from the keys&apos;.</source>
        <translation>Zahlenformat der Values im Cache, wo es von dem der Keys abweicht.</translation>
    </message>
    <message>
        <source>Bytes a process may take of each device, instead of what the catalogue says: 23.5 GiB.</source>
        <translation>Bytes, die ein Prozess von jedem Gerät bekommen kann, statt dessen, was der Katalog sagt: 23.5 GiB.</translation>
    </message>
    <message>
        <source>CUDA compute capability, which decides the kernels there are: 8.9.</source>
        <translation>CUDA Compute Capability, die entscheidet, welche Kernel es gibt: 8.9.</translation>
    </message>
    <message>
        <source>saves %1</source>
        <translation>spart %1</translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation>bis zu %1</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>Szenario</translation>
    </message>
    <message>
        <source>Number of devices</source>
        <translation>Anzahl der Geräte</translation>
    </message>
    <message>
        <source>Between 0 and 1 000 000 billion.</source>
        <translation>Zwischen 0 und 1 000 000 Milliarden.</translation>
    </message>
    <message>
        <source>Not a model of the catalogue.</source>
        <translation>Kein Modell des Katalogs.</translation>
    </message>
    <message>
        <source>Number format of cached keys and values. Halving it halves the KV cache.</source>
        <translation>Zahlenformat der Keys und Values im Cache. Halb so breit ist der KV-Cache halb so groß.</translation>
    </message>
    <message>
        <source>Format the layers compute in; sizes activations.</source>
        <translation>Format, in dem die Schichten rechnen; bestimmt die Größe der Aktivierungen.</translation>
    </message>
    <message>
        <source>Format of the LoRA matrices.</source>
        <translation>Format der LoRA-Matrizen.</translation>
    </message>
    <message>
        <source>Format gradients are kept in, one per trainable parameter.</source>
        <translation>Format der Gradienten, einer je trainierbarem Parameter.</translation>
    </message>
    <message>
        <source>Format of the optimizer&apos;s moments.</source>
        <translation>Format der Momente des Optimizers.</translation>
    </message>
    <message>
        <source>A second copy of the trained weights that the optimizer updates (mixed precision).</source>
        <translation>Eine zweite Kopie der trainierten Gewichte, die der Optimizer aktualisiert (Mixed Precision).</translation>
    </message>
    <message>
        <source>The program that runs it. Each has its own buffers, cache layout and defaults.</source>
        <translation>Das Programm, das es ausführt. Jedes hat eigene Puffer, eigene Cache-Aufteilung und eigene Standardwerte.</translation>
    </message>
    <message>
        <source>The training code, whose habits differ: what it keeps in fp32, how it computes the loss.</source>
        <translation>Der Trainingscode; sie unterscheiden sich darin, was sie in fp32 halten und wie sie den Loss berechnen.</translation>
    </message>
    <message>
        <source>As the engine prints it; picks rules that changed between versions. Empty: the newest known.</source>
        <translation>Wie die Engine sie ausgibt; wählt Regeln, die sich zwischen Versionen geändert haben. Leer: die neueste bekannte.</translation>
    </message>
    <message>
        <source>Flash attention never holds the scores; eager attention holds them for the whole context.</source>
        <translation>Flash-Attention hält die Scores nie; Eager-Attention hält sie für den ganzen Kontext.</translation>
    </message>
    <message>
        <source>Rows of logits kept in prefill: the last token&apos;s, or one for every token.</source>
        <translation>Logits-Zeilen, die im Prefill bleiben: die des letzten Tokens oder eine je Token.</translation>
    </message>
    <message>
        <source>Tokens of one prefill step (vLLM max_num_batched_tokens, llama.cpp n_ubatch); sizes activations.</source>
        <translation>Token eines Prefill-Schritts (vLLM max_num_batched_tokens, llama.cpp n_ubatch); bestimmt die Größe der Aktivierungen.</translation>
    </message>
    <message>
        <source>Sequences the engine sizes its buffers for.</source>
        <translation>Sequenzen, für die die Engine ihre Puffer bemisst.</translation>
    </message>
    <message>
        <source>Share of the device the engine claims when it starts.</source>
        <translation>Anteil des Geräts, den die Engine beim Start beansprucht.</translation>
    </message>
    <message>
        <source>Captured CUDA graphs keep buffers of their own (off: --enforce-eager).</source>
        <translation>Aufgezeichnete CUDA Graphs halten eigene Puffer (aus: --enforce-eager).</translation>
    </message>
    <message>
        <source>One cache shared by all sequences (kv_unified).</source>
        <translation>Ein Cache, den sich alle Sequenzen teilen (kv_unified).</translation>
    </message>
    <message>
        <source>Sliding-window layers keep the whole context too (--swa-full).</source>
        <translation>Auch Schichten mit gleitendem Fenster halten den ganzen Kontext (--swa-full).</translation>
    </message>
    <message>
        <source>The cache holds the latent, not the expanded keys and values.</source>
        <translation>Der Cache hält das Latente, nicht die entfalteten Keys und Values.</translation>
    </message>
    <message>
        <source>Detailed: byte by byte. The others are published rules of thumb, for comparison.</source>
        <translation>Ausführlich: Byte für Byte. Die anderen sind veröffentlichte Faustregeln, zum Vergleich.</translation>
    </message>
    <message>
        <source>Decides how many states each trained parameter carries, and in how many bits.</source>
        <translation>Entscheidet, wie viele Zustände jeder trainierte Parameter trägt, und in wie vielen Bits.</translation>
    </message>
    <message>
        <source>Recomputes activations in the backward pass instead of keeping them.</source>
        <translation>Berechnet Aktivierungen im Backward-Durchlauf neu, statt sie zu halten.</translation>
    </message>
    <message>
        <source>1 checkpoints every layer; with 2, every second one keeps all it computed and is not run again.</source>
        <translation>1 checkpointet jede Schicht; bei 2 behält jede zweite alles Berechnete und läuft nicht noch einmal.</translation>
    </message>
    <message>
        <source>Cross entropy over the vocabulary: all logits at once, in chunks, or fused with the head.</source>
        <translation>Kreuzentropie über das Vokabular: alle Logits auf einmal, in Stücken, oder mit dem Kopf verschmolzen.</translation>
    </message>
    <message>
        <source>Micro-batches whose gradients are added up before a step.</source>
        <translation>Micro-Batches, deren Gradienten vor einem Schritt aufsummiert werden.</translation>
    </message>
    <message>
        <source>Which linear layers get adapters.</source>
        <translation>Welche linearen Schichten Adapter bekommen.</translation>
    </message>
    <message>
        <source>Steps each parameter as soon as its gradient is there, so that gradients never pile up.</source>
        <translation>Aktualisiert jeden Parameter, sobald sein Gradient da ist, sodass sich Gradienten nie anhäufen.</translation>
    </message>
    <message>
        <source>Weight-decomposed adapters: a magnitude vector per target and more activations.</source>
        <translation>Adapter mit zerlegten Gewichten: ein Betragsvektor je Ziel und mehr Aktivierungen.</translation>
    </message>
    <message>
        <source>torch.compile fuses elementwise operations, which saves fewer intermediates.</source>
        <translation>torch.compile verschmilzt elementweise Operationen, was weniger Zwischenergebnisse hält.</translation>
    </message>
    <message>
        <source>Preference training holds pairs and a reference model; reinforcement learning adds reward and value models and an engine that generates; distillation adds a teacher.</source>
        <translation>Präferenztraining hält Paare und ein Referenzmodell; Reinforcement Learning bringt Reward- und Wertmodelle und eine generierende Engine dazu; Destillation einen Lehrer.</translation>
    </message>
    <message>
        <source>The policy to compare with: a copy, the frozen base without its adapter, on the host, or its answers alone.</source>
        <translation>Die Policy, mit der verglichen wird: eine Kopie, die eingefrorene Basis ohne Adapter, auf dem Host, oder nur ihre Antworten.</translation>
    </message>
    <message>
        <source>The teacher: a model of the catalogue or billions of parameters.</source>
        <translation>Der Lehrer: ein Modell des Katalogs oder Milliarden Parameter.</translation>
    </message>
    <message>
        <source>Who generates completions: the model itself, an engine on the same device, or a server elsewhere.</source>
        <translation>Wer Completions erzeugt: das Modell selbst, eine Engine auf demselben Gerät, oder ein Server anderswo.</translation>
    </message>
    <message>
        <source>Share of the device the rollout engine claims.</source>
        <translation>Anteil des Geräts, den die Rollout-Engine beansprucht.</translation>
    </message>
    <message>
        <source>The rollout engine gives its memory back while the policy trains (vLLM sleep mode).</source>
        <translation>Die Rollout-Engine gibt ihren Speicher zurück, während die Policy trainiert (vLLM Sleep Mode).</translation>
    </message>
    <message>
        <source>Tokens of a sequence that the loss is over; they have logits.</source>
        <translation>Token einer Sequenz, über die der Loss geht; sie haben Logits.</translation>
    </message>
    <message>
        <source>Splits every layer over this many devices.</source>
        <translation>Teilt jede Schicht über so viele Geräte.</translation>
    </message>
    <message>
        <source>Gives each device a run of whole layers.</source>
        <translation>Gibt jedem Gerät eine Folge ganzer Schichten.</translation>
    </message>
    <message>
        <source>Chunks of layers per pipeline stage (interleaved schedule).</source>
        <translation>Schichtblöcke je Pipeline-Stufe (verschränkter Zeitplan).</translation>
    </message>
    <message>
        <source>Replicas that see different data; what sharding splits over.</source>
        <translation>Kopien, die verschiedene Daten sehen; worüber Sharding teilt.</translation>
    </message>
    <message>
        <source>What data-parallel replicas share instead of each keeping it: optimizer states, gradients, weights.</source>
        <translation>Was datenparallele Kopien teilen, statt es je zu halten: Optimizer-Zustände, Gradienten, Gewichte.</translation>
    </message>
    <message>
        <source>Splits each sequence over this many devices.</source>
        <translation>Teilt jede Sequenz über so viele Geräte.</translation>
    </message>
    <message>
        <source>Spreads whole experts over this many devices.</source>
        <translation>Verteilt ganze Experten über so viele Geräte.</translation>
    </message>
    <message>
        <source>Tensor parallelism inside the experts.</source>
        <translation>Tensorparallelität in den Experten.</translation>
    </message>
    <message>
        <source>Splits norms and residuals over the tensor-parallel group as well.</source>
        <translation>Teilt auch Norms und Residuen über die tensorparallele Gruppe.</translation>
    </message>
    <message>
        <source>Share of the device&apos;s memory to keep free.</source>
        <translation>Anteil des Gerätespeichers, der frei bleiben soll.</translation>
    </message>
    <message>
        <source>Layers kept on the device (--n-gpu-layers). Empty: all of them.</source>
        <translation>Schichten auf dem Gerät (--n-gpu-layers). Leer: alle.</translation>
    </message>
    <message>
        <source>Layers whose experts stay in host memory (--n-cpu-moe). Empty: none.</source>
        <translation>Schichten, deren Experten im Host-Speicher bleiben (--n-cpu-moe). Leer: keine.</translation>
    </message>
    <message>
        <source>Keeps the KV cache in host memory.</source>
        <translation>Hält den KV-Cache im Host-Speicher.</translation>
    </message>
    <message>
        <source>Where optimizer states lie between steps.</source>
        <translation>Wo Optimizer-Zustände zwischen Schritten liegen.</translation>
    </message>
    <message>
        <source>Where weights lie until a layer needs them.</source>
        <translation>Wo Gewichte liegen, bis eine Schicht sie braucht.</translation>
    </message>
    <message>
        <source>Where checkpoints wait for the backward pass.</source>
        <translation>Wo Checkpoints auf den Backward-Durchlauf warten.</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Does not run</source>
        <translation>Läuft nicht</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Total, %1</source>
        <translation>Summe, %1</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Übrig</translation>
    </message>
    <message>
        <source>Nothing bounds it</source>
        <translation>Nichts begrenzt es</translation>
    </message>
    <message>
        <source>copies of the model</source>
        <translation>Kopien des Modells</translation>
    </message>
    <message>
        <source>data parallel</source>
        <translation>datenparallel</translation>
    </message>
    <message>
        <source>tensor parallel</source>
        <translation>tensorparallel</translation>
    </message>
    <message>
        <source>pipeline stages</source>
        <translation>Pipeline-Stufen</translation>
    </message>
    <message>
        <source>context parallel</source>
        <translation>kontextparallel</translation>
    </message>
    <message>
        <source>A ceiling, not a prediction: no engine is faster, most are well below.
%1
= %2 tokens × %3 GB/s ÷ (%4 + %5)</source>
        <translation>Eine Obergrenze, keine Vorhersage: keine Engine ist schneller, die meisten liegen weit darunter.
%1
= %2 Token × %3 GB/s ÷ (%4 + %5)</translation>
    </message>
    <message>
        <source>, times %1 copies</source>
        <translation>, mal %1 Kopien</translation>
    </message>
    <message>
        <source>%1 × %2 $ an hour for “%3” at %4, as listed on %5
%6</source>
        <translation>%1 × %2 $ je Stunde für „%3“ bei %4, Liste vom %5
%6</translation>
    </message>
    <message>
        <source>Your own number; empty it for the least that fits</source>
        <translation>Eigene Anzahl; leer gilt die kleinste, die passt</translation>
    </message>
    <message>
        <source>The least number that fits; type another to ask for it</source>
        <translation>Die kleinste Anzahl, die passt; eine andere eintippen, um nach ihr zu fragen</translation>
    </message>
    <message>
        <source>Not modelled: %1</source>
        <translation>Nicht modelliert: %1</translation>
    </message>
    <message>
        <source>Pinned to the chart</source>
        <translation>An das Diagramm geheftet</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>The least number of devices that fits; type your own</source>
        <translation>Die kleinste Geräteanzahl, die passt; oder eine eigene</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Left, %1</source>
        <translation>Übrig, %1</translation>
    </message>
    <message>
        <source>What is left of the fullest device</source>
        <translation>Was auf dem vollsten Gerät übrig bleibt</translation>
    </message>
    <message>
        <source>Max users</source>
        <translation>Max. Nutzer</translation>
    </message>
    <message>
        <source>Max batch</source>
        <translation>Max. Batch</translation>
    </message>
    <message>
        <source>Sequences of the asked context at once, over all copies</source>
        <translation>Sequenzen des gefragten Kontexts zugleich, über alle Kopien</translation>
    </message>
    <message>
        <source>The largest micro-batch</source>
        <translation>Der größte Micro-Batch</translation>
    </message>
    <message>
        <source>Max context</source>
        <translation>Max. Kontext</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Of one device: what a process can allocate, %1</source>
        <translation>Eines Geräts: was ein Prozess bekommen kann, %1</translation>
    </message>
    <message>
        <source>GB/s</source>
        <translation>GB/s</translation>
    </message>
    <message>
        <source>Memory bandwidth of one device</source>
        <translation>Speicherbandbreite eines Geräts</translation>
    </message>
    <message>
        <source>≤ tok/s</source>
        <translation>≤ Tok/s</translation>
    </message>
    <message>
        <source>Ceiling of generation from memory bandwidth, all sequences together:
%1</source>
        <translation>Obergrenze der Generierung aus der Speicherbandbreite, alle Sequenzen zusammen:
%1</translation>
    </message>
    <message>
        <source>W</source>
        <translation>W</translation>
    </message>
    <message>
        <source>Power limit of one device</source>
        <translation>Leistungsgrenze eines Geräts</translation>
    </message>
    <message>
        <source>$/h (listed)</source>
        <translation>$/h (Liste)</translation>
    </message>
    <message>
        <source>On demand, all devices, with the month of the list</source>
        <translation>On demand, alle Geräte, mit dem Monat der Liste</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Jahr</translation>
    </message>
    <message>
        <source>Take it off the chart</source>
        <translation>Aus dem Diagramm nehmen</translation>
    </message>
    <message>
        <source>Pin it to the chart</source>
        <translation>An das Diagramm heften</translation>
    </message>
    <message>
        <source>None of these runs it; Plan lays it out over a fleet</source>
        <translation>Keines davon führt es aus; Plan teilt es über einen Gerätepark auf</translation>
    </message>
    <message>
        <source>None of these runs it</source>
        <translation>Keines davon führt es aus</translation>
    </message>
    <message>
        <source>devices idle</source>
        <translation>Geräte untätig</translation>
    </message>
    <message>
        <source>more devices than named</source>
        <translation>mehr Geräte als genannt</translation>
    </message>
    <message>
        <source>context is cut</source>
        <translation>Kontext gekürzt</translation>
    </message>
    <message>
        <source>the engine refuses it</source>
        <translation>die Engine lehnt es ab</translation>
    </message>
    <message>
        <source>unknown to the engine</source>
        <translation>der Engine unbekannt</translation>
    </message>
    <message>
        <source>cache stays unquantized</source>
        <translation>Cache bleibt unquantisiert</translation>
    </message>
    <message>
        <source>unknown accelerator</source>
        <translation>unbekannter Beschleuniger</translation>
    </message>
    <message>
        <source>unknown training code</source>
        <translation>unbekannter Trainingscode</translation>
    </message>
    <message>
        <source>no room for a KV cache</source>
        <translation>kein Platz für einen KV-Cache</translation>
    </message>
    <message>
        <source>weight format assumed</source>
        <translation>Gewichtsformat angenommen</translation>
    </message>
    <message>
        <source>calibration set aside</source>
        <translation>Kalibrierung beiseite</translation>
    </message>
    <message>
        <source>⚠ beyond the trained %1</source>
        <translation>⚠ über die trainierten %1 hinaus</translation>
    </message>
    <message>
        <source>The model was trained for %1 tokens, %2 are asked. Memory is counted for all of them; what the model makes of them is another question.</source>
        <translation>Das Modell wurde für %1 Token trainiert, gefragt sind %2. Der Speicher zählt für alle; was das Modell daraus macht, ist eine andere Frage.</translation>
    </message>
    <message>
        <source>ⓘ model ends at %1</source>
        <translation>ⓘ Modell endet bei %1</translation>
    </message>
    <message>
        <source>There would be memory for %1 tokens, but the model was trained for %2.</source>
        <translation>Speicher wäre für %1 Token da, aber das Modell wurde für %2 trainiert.</translation>
    </message>
    <message>
        <source>✕ does not run</source>
        <translation>✕ läuft nicht</translation>
    </message>
    <message>
        <source>⚠ %1</source>
        <translation>⚠ %1</translation>
    </message>
    <message>
        <source>✂ %1 not counted</source>
        <translation>✂ %1 nicht gezählt</translation>
    </message>
    <message>
        <source>✂ %1 things not counted</source>
        <translation>✂ %1 Dinge nicht gezählt</translation>
    </message>
    <message>
        <source>Memory depends on it, and it is not counted: %1.</source>
        <translation>Speicher hängt davon ab, und es ist nicht gezählt: %1.</translation>
    </message>
    <message numerus="yes">
        <source>⚠ %n settings without effect</source>
        <translation>
            <numerusform>⚠ eine Einstellung ohne Wirkung</numerusform>
            <numerusform>⚠ %n Einstellungen ohne Wirkung</numerusform>
        </translation>
    </message>
    <message>
        <source>KV pool</source>
        <translation>KV-Pool</translation>
    </message>
    <message>
        <source>KV tokens</source>
        <translation>KV-Token</translation>
    </message>
    <message>
        <source>KV cache per token</source>
        <translation>KV-Cache je Token</translation>
    </message>
    <message>
        <source>Trainable parameters</source>
        <translation>Trainierbare Parameter</translation>
    </message>
    <message>
        <source>Allocated, peak</source>
        <translation>Belegt, Spitze</translation>
    </message>
    <message>
        <source>Reserved, peak</source>
        <translation>Reserviert, Spitze</translation>
    </message>
    <message>
        <source>Whole device</source>
        <translation>Ganzes Gerät</translation>
    </message>
    <message>
        <source>%1, host</source>
        <translation>%1, Host</translation>
    </message>
    <message>
        <source>Needs %1</source>
        <translation>Braucht %1</translation>
    </message>
    <message>
        <source>Fits — %1 of %2, %3 left in the KV pool</source>
        <translation>Passt — %1 von %2, %3 im KV-Pool übrig</translation>
    </message>
    <message>
        <source>Fits — %1 of %2, %3 left</source>
        <translation>Passt — %1 von %2, %3 übrig</translation>
    </message>
    <message>
        <source>Fits as far as modelled — %1 of %2, %3 left in the KV pool</source>
        <translation>Passt, soweit modelliert — %1 von %2, %3 im KV-Pool übrig</translation>
    </message>
    <message>
        <source>Fits as far as modelled — %1 of %2, %3 left</source>
        <translation>Passt, soweit modelliert — %1 von %2, %3 übrig</translation>
    </message>
    <message>
        <source>Tight — %1 of %2, %3 left in the KV pool</source>
        <translation>Knapp — %1 von %2, %3 im KV-Pool übrig</translation>
    </message>
    <message>
        <source>Tight — %1 of %2, %3 left</source>
        <translation>Knapp — %1 von %2, %3 übrig</translation>
    </message>
    <message>
        <source>Tight as far as modelled — %1 of %2, %3 left in the KV pool</source>
        <translation>Knapp, soweit modelliert — %1 von %2, %3 im KV-Pool übrig</translation>
    </message>
    <message>
        <source>Tight as far as modelled — %1 of %2, %3 left</source>
        <translation>Knapp, soweit modelliert — %1 von %2, %3 übrig</translation>
    </message>
    <message>
        <source>Tight — %1 of %2, %3 over that cached blocks give back</source>
        <translation>Knapp — %1 von %2, %3 zu viel gibt der Cache frei</translation>
    </message>
    <message>
        <source>Does not run — %1</source>
        <translation>Läuft nicht — %1</translation>
    </message>
    <message>
        <source>Does not fit — %1 of %2, %3 short in the KV pool</source>
        <translation>Passt nicht — %1 von %2, %3 fehlen im KV-Pool</translation>
    </message>
    <message>
        <source>Does not fit — %1 of %2, %3 short</source>
        <translation>Passt nicht — %1 von %2, %3 fehlen</translation>
    </message>
    <message>
        <source>not modelled: %1</source>
        <translation>nicht modelliert: %1</translation>
    </message>
    <message>
        <source>%1 decides</source>
        <translation>%1 entscheidet</translation>
    </message>
    <message>
        <source>on each of %1 devices</source>
        <translation>auf jedem von %1 Geräten</translation>
    </message>
    <message>
        <source>measured runs suggest %1 – %2</source>
        <translation>gemessene Läufe sprechen für %1 – %2</translation>
    </message>
    <message>
        <source>peak: %1</source>
        <translation>Spitze: %1</translation>
    </message>
    <message>
        <source>the engine claims %1</source>
        <translation>die Engine beansprucht %1</translation>
    </message>
    <message>
        <source>%1 of device memory can be allocated</source>
        <translation>%1 des Gerätespeichers sind belegbar</translation>
    </message>
    <message>
        <source>%1 in host memory</source>
        <translation>%1 im Host-Speicher</translation>
    </message>
    <message>
        <source>Inference with %1</source>
        <translation>Inferenz mit %1</translation>
    </message>
    <message>
        <source>LoRA with %1</source>
        <translation>LoRA mit %1</translation>
    </message>
    <message>
        <source>QLoRA with %1</source>
        <translation>QLoRA mit %1</translation>
    </message>
    <message>
        <source>Full training with %1</source>
        <translation>Volles Training mit %1</translation>
    </message>
    <message>
        <source>batch %1</source>
        <translation>Batch %1</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>%1 … %2, subnormal from %3 · next after 1: 1 + %4 · %5</source>
        <translation>%1 … %2, subnormal ab %3 · nächste nach 1: 1 + %4 · %5</translation>
    </message>
    <message>
        <source>no decimal digit is sure</source>
        <translation>keine Dezimalstelle ist sicher</translation>
    </message>
    <message numerus="yes">
        <source>%n sure decimal digits</source>
        <translation>
            <numerusform>%n sichere Dezimalstelle</numerusform>
            <numerusform>%n sichere Dezimalstellen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 0: exponent and mantissa are zero</source>
        <translation>%1 0: Exponent und Mantisse sind null</translation>
    </message>
    <message>
        <source>%1 infinity: the exponent is all ones, the mantissa zero</source>
        <translation>%1 unendlich: der Exponent nur Einsen, die Mantisse null</translation>
    </message>
    <message>
        <source>not a number: the exponent is all ones</source>
        <translation>keine Zahl: der Exponent nur Einsen</translation>
    </message>
    <message>
        <source>subnormal: no leading 1</source>
        <translation>subnormal: keine führende 1</translation>
    </message>
    <message>
        <source>sign %1 · exponent %2 − %3 = %4 · mantissa %5   →   %6 2%7 × (1 + %8)</source>
        <translation>Vorzeichen %1 · Exponent %2 − %3 = %4 · Mantisse %5   →   %6 2%7 × (1 + %8)</translation>
    </message>
    <message>
        <source>underflows to zero</source>
        <translation>läuft auf null unter</translation>
    </message>
    <message>
        <source>beyond the largest number</source>
        <translation>jenseits der größten Zahl</translation>
    </message>
    <message>
        <source>kept at the largest number</source>
        <translation>auf der größten Zahl gehalten</translation>
    </message>
    <message>
        <source>subnormal: fewer digits</source>
        <translation>subnormal: weniger Stellen</translation>
    </message>
    <message>
        <source>rounds to zero beside %1</source>
        <translation>rundet neben %1 auf null</translation>
    </message>
    <message>
        <source>kept at the largest code</source>
        <translation>auf dem größten Code gehalten</translation>
    </message>
    <message>
        <source>code %1 × scale %2   (%3)</source>
        <translation>Code %1 × Skala %2   (%3)</translation>
    </message>
    <message>
        <source>a row of the matrix shares a scale</source>
        <translation>eine Zeile der Matrix teilt eine Skala</translation>
    </message>
    <message>
        <source>%1 values share a scale</source>
        <translation>%1 Werte teilen eine Skala</translation>
    </message>
    <message>
        <source>%1 · %2 codes</source>
        <translation>%1 · %2 Codes</translation>
    </message>
    <message>
        <source>not a number</source>
        <translation>keine Zahl</translation>
    </message>
    <message>
        <source>Mamba</source>
        <translation>Mamba</translation>
    </message>
    <message>
        <source>Mamba 2</source>
        <translation>Mamba 2</translation>
    </message>
    <message>
        <source>Gated DeltaNet</source>
        <translation>Gated DeltaNet</translation>
    </message>
    <message>
        <source>Lightning attention</source>
        <translation>Lightning Attention</translation>
    </message>
    <message>
        <source>RG-LRU</source>
        <translation>RG-LRU</translation>
    </message>
    <message>
        <source>RWKV</source>
        <translation>RWKV</translation>
    </message>
    <message>
        <source>Short convolution</source>
        <translation>Kurze Faltung</translation>
    </message>
    <message>
        <source>Kimi delta attention</source>
        <translation>Kimi Delta Attention</translation>
    </message>
    <message>
        <source>Matrix LSTM</source>
        <translation>Matrix-LSTM</translation>
    </message>
    <message>
        <source>GQA</source>
        <translation>GQA</translation>
    </message>
    <message>
        <source>%1, shared cache</source>
        <translation>%1, geteilter Cache</translation>
    </message>
    <message>
        <source>%1, window</source>
        <translation>%1, Fenster</translation>
    </message>
    <message>
        <source>%1, window, shared cache</source>
        <translation>%1, Fenster, geteilter Cache</translation>
    </message>
    <message>
        <source>%1, chunks</source>
        <translation>%1, Stücke</translation>
    </message>
    <message>
        <source>MLA, sparse</source>
        <translation>MLA, dünn besetzt</translation>
    </message>
    <message>
        <source>Cross-attention</source>
        <translation>Cross-Attention</translation>
    </message>
    <message>
        <source>Both ways</source>
        <translation>Beidseitig</translation>
    </message>
    <message>
        <source>cross-attention</source>
        <translation>Cross-Attention</translation>
    </message>
    <message>
        <source>%1 (encoder)</source>
        <translation>%1 (Encoder)</translation>
    </message>
    <message>
        <source>gated, %1</source>
        <translation>gated, %1</translation>
    </message>
    <message>
        <source>plain, %1</source>
        <translation>einfach, %1</translation>
    </message>
    <message>
        <source>%1/%2 × %3</source>
        <translation>%1/%2 × %3</translation>
    </message>
    <message>
        <source> + shared %1</source>
        <translation> + geteilt %1</translation>
    </message>
    <message>
        <source> + dense %1</source>
        <translation> + dicht %1</translation>
    </message>
    <message>
        <source>tensor</source>
        <translation>Tensor</translation>
    </message>
    <message>
        <source>Every layer over several devices</source>
        <translation>Jede Schicht über mehrere Geräte</translation>
    </message>
    <message>
        <source>pipeline</source>
        <translation>Pipeline</translation>
    </message>
    <message>
        <source>Runs of whole layers on each device</source>
        <translation>Folgen ganzer Schichten auf jedem Gerät</translation>
    </message>
    <message>
        <source>data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Replicas with different data</source>
        <translation>Kopien mit verschiedenen Daten</translation>
    </message>
    <message>
        <source>context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Each sequence over several devices</source>
        <translation>Jede Sequenz über mehrere Geräte</translation>
    </message>
    <message>
        <source>expert</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>Whole experts over several devices</source>
        <translation>Ganze Experten über mehrere Geräte</translation>
    </message>
    <message>
        <source>sharding</source>
        <translation>Sharding</translation>
    </message>
    <message>
        <source>What replicas share instead of each keeping it</source>
        <translation>Was Kopien teilen, statt es je zu halten</translation>
    </message>
    <message>
        <source>checkpointing</source>
        <translation>Checkpointing</translation>
    </message>
    <message>
        <source>What is computed again in the backward pass</source>
        <translation>Was im Backward neu berechnet wird</translation>
    </message>
    <message>
        <source>micro-batch</source>
        <translation>Micro-Batch</translation>
    </message>
    <message>
        <source>Sequences of one pass</source>
        <translation>Sequenzen eines Durchlaufs</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>Präzision</translation>
    </message>
    <message>
        <source>Formats of the weights</source>
        <translation>Formate der Gewichte</translation>
    </message>
    <message>
        <source>A plan needs its fleet: choose an accelerator</source>
        <translation>Ein Plan braucht seine Geräte: bitte einen Beschleuniger wählen</translation>
    </message>
    <message>
        <source>A plan is for devices that are alike; name one kind</source>
        <translation>Ein Plan gilt für gleiche Geräte; bitte nur eine Art nennen</translation>
    </message>
    <message>
        <source>Rules of thumb know no layouts; a plan takes the detailed method</source>
        <translation>Faustregeln kennen keine Aufteilungen; ein Plan nimmt die ausführliche Methode</translation>
    </message>
    <message>
        <source>Those are %1 layouts; keep one of the parts</source>
        <translation>Das sind %1 Aufteilungen; bitte eines der Teile festhalten</translation>
    </message>
    <message>
        <source>one device</source>
        <translation>ein Gerät</translation>
    </message>
    <message>
        <source>No layout fits</source>
        <translation>Keine Aufteilung passt</translation>
    </message>
    <message>
        <source>no checkpointing</source>
        <translation>ohne Checkpointing</translation>
    </message>
    <message>
        <source>%1 checkpointing</source>
        <translation>Checkpointing %1</translation>
    </message>
    <message numerus="yes">
        <source>%n devices</source>
        <translation>
            <numerusform>%n Gerät</numerusform>
            <numerusform>%n Geräte</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 × %2 sequences</source>
        <translation>%1 × %2 Sequenzen</translation>
    </message>
    <message>
        <source>needs %1</source>
        <translation>braucht %1</translation>
    </message>
    <message>
        <source>Open as a scenario</source>
        <translation>Als Szenario öffnen</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <source>Tensor, pipeline, data, context and expert parallel</source>
        <translation>Tensor-, pipeline-, daten-, kontext- und expertenparallel</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Computed again in the backward pass</source>
        <translation>Im Backward neu berechnet</translation>
    </message>
    <message>
        <source>Micro-batch</source>
        <translation>Micro-Batch</translation>
    </message>
    <message>
        <source>Sequences of a pass × passes of a step</source>
        <translation>Sequenzen eines Durchlaufs × Durchläufe eines Schritts</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Needs, %1</source>
        <translation>Braucht, %1</translation>
    </message>
    <message>
        <source>Sent a step</source>
        <translation>Gesendet je Schritt</translation>
    </message>
    <message>
        <source>What a device sends in a step, %1</source>
        <translation>Was ein Gerät in einem Schritt sendet, %1</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Largest batch</source>
        <translation>Größter Batch</translation>
    </message>
    <message>
        <source>Longest context</source>
        <translation>Längster Kontext</translation>
    </message>
    <message>
        <source>Most users</source>
        <translation>Die meisten Nutzer</translation>
    </message>
    <message>
        <source>&amp;vllm serve …</source>
        <translation>&amp;vllm serve …</translation>
    </message>
    <message>
        <source>python -m &amp;sglang.launch_server …</source>
        <translation>python -m &amp;sglang.launch_server …</translation>
    </message>
    <message>
        <source>&amp;llama-server …</source>
        <translation>&amp;llama-server …</translation>
    </message>
    <message>
        <source>Copy &amp;as</source>
        <translation>Kopieren &amp;als</translation>
    </message>
    <message>
        <source>&amp;Paste command…</source>
        <translation>Befehl &amp;einfügen…</translation>
    </message>
    <message>
        <source>Read a &amp;log…</source>
        <translation>&amp;Log lesen…</translation>
    </message>
    <message>
        <source>&amp;Remove the calibration</source>
        <translation>Kalibrierung ent&amp;fernen</translation>
    </message>
    <message>
        <source>There is no such command for this scenario</source>
        <translation>Für dieses Szenario gibt es keinen solchen Befehl</translation>
    </message>
    <message>
        <source>On the clipboard: %1</source>
        <translation>In der Zwischenablage: %1</translation>
    </message>
    <message>
        <source>The scenario is accounted for as %1 serves it; this command starts %2.</source>
        <translation>Das Szenario ist gerechnet, wie %1 es ausführt; dieser Befehl startet %2.</translation>
    </message>
    <message>
        <source>The scenario is set as the command says.</source>
        <translation>Das Szenario steht jetzt so, wie der Befehl sagt.</translation>
    </message>
    <message>
        <source>The scenario is set as the command says. Not understood, or without a say in memory:
%1</source>
        <translation>Das Szenario steht jetzt so, wie der Befehl sagt. Nicht verstanden oder ohne Einfluss auf den Speicher:
%1</translation>
    </message>
    <message>
        <source>Export the chart</source>
        <translation>Diagramm exportieren</translation>
    </message>
    <message>
        <source>Could not write %1</source>
        <translation>%1 war nicht zu schreiben</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Geschrieben: %1</translation>
    </message>
    <message>
        <source>Could not copy the chart</source>
        <translation>Das Diagramm war nicht zu kopieren</translation>
    </message>
    <message>
        <source>The chart is on the clipboard, as a picture and as SVG.</source>
        <translation>Das Diagramm ist in der Zwischenablage, als Bild und als SVG.</translation>
    </message>
    <message>
        <source>Export the table</source>
        <translation>Tabelle exportieren</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>The table is on the clipboard.</source>
        <translation>Die Tabelle ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>keys</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>what they do</source>
        <translation>was sie tun</translation>
    </message>
    <message>
        <source>Headroom and other calculators</source>
        <translation>Headroom und andere Rechner</translation>
    </message>
    <message>
        <source>The same jobs, answered by Headroom now and by other calculators in August 2026. What is true is what the engine itself allocates, what was published as measured, or, where the row says so, the most accurate estimator known.</source>
        <translation>Dieselben Aufgaben, beantwortet von Headroom jetzt und von anderen Rechnern im August 2026. Wahr ist, was die Engine selbst belegt, was als gemessen veröffentlicht wurde, oder, wo die Zeile es sagt, der genaueste bekannte Schätzer.</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>True</source>
        <translation>Wahr</translation>
    </message>
    <message>
        <source>Headroom</source>
        <translation>Headroom</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Others&apos; errors</source>
        <translation>Fehler der anderen</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>How much accelerator memory a transformer language model needs, byte by byte, with the reason for every byte.</source>
        <translation>Wie viel Beschleunigerspeicher ein Transformer-Sprachmodell braucht, Byte für Byte, mit dem Grund für jedes Byte.</translation>
    </message>
    <message>
        <source>%1 models and %2 accelerators are built in; nothing is sent anywhere.</source>
        <translation>%1 Modelle und %2 Beschleuniger sind eingebaut; nichts wird irgendwohin gesendet.</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later; it uses Qt %1 and Qt Charts (GPL 3).</source>
        <translation>Freie Software unter der GNU General Public License, Version 3 oder später; sie nutzt Qt %1 und Qt Charts (GPL 3).</translation>
    </message>
    <message>
        <source>About Headroom</source>
        <translation>Über Headroom</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Noch nichts</translation>
    </message>
    <message>
        <source>Clear list</source>
        <translation>Liste leeren</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;New</source>
        <translation>&amp;Neu</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>&amp;Öffnen…</translation>
    </message>
    <message>
        <source>Open &amp;model…</source>
        <translation>&amp;Modell öffnen…</translation>
    </message>
    <message>
        <source>&amp;Import training recipe…</source>
        <translation>Trainingsrezept &amp;importieren…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>Speichern &amp;unter…</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>&amp;Exportieren</translation>
    </message>
    <message>
        <source>Break&amp;down or comparison as PNG, SVG or PDF…</source>
        <translation>&amp;Aufschlüsselung oder Vergleich als PNG, SVG oder PDF…</translation>
    </message>
    <message>
        <source>Memory &amp;bar as PNG, SVG or PDF…</source>
        <translation>Speicher&amp;balken als PNG, SVG oder PDF…</translation>
    </message>
    <message>
        <source>&amp;Context plot as PNG, SVG or PDF…</source>
        <translation>&amp;Kontextkurve als PNG, SVG oder PDF…</translation>
    </message>
    <message>
        <source>Table as CS&amp;V…</source>
        <translation>Tabelle als CS&amp;V…</translation>
    </message>
    <message>
        <source>Table as &amp;Markdown…</source>
        <translation>Tabelle als &amp;Markdown…</translation>
    </message>
    <message>
        <source>Export reci&amp;pe</source>
        <translation>Rezept ex&amp;portieren</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Open what is on the clipboard</source>
        <translation>&amp;Inhalt der Zwischenablage öffnen</translation>
    </message>
    <message>
        <source>Copy &amp;chart</source>
        <translation>&amp;Diagramm kopieren</translation>
    </message>
    <message>
        <source>Copy table as &amp;Markdown</source>
        <translation>Tabelle als &amp;Markdown kopieren</translation>
    </message>
    <message>
        <source>Copy table as CS&amp;V</source>
        <translation>Tabelle als CS&amp;V kopieren</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>Sp&amp;rache</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>&amp;System</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Explore</source>
        <translation>&amp;Erkunden</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>&amp;Devices</source>
        <translation>&amp;Geräte</translation>
    </message>
    <message>
        <source>S&amp;weep and map</source>
        <translation>S&amp;weep und Karte</translation>
    </message>
    <message>
        <source>&amp;Plan</source>
        <translation>&amp;Plan</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>E&amp;xplain</source>
        <translation>Er&amp;klärung</translation>
    </message>
    <message>
        <source>E&amp;vidence</source>
        <translation>&amp;Belege</translation>
    </message>
    <message>
        <source>Lear&amp;n</source>
        <translation>Lerne&amp;n</translation>
    </message>
    <message>
        <source>&amp;Last message</source>
        <translation>&amp;Letzte Meldung</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Unit</source>
        <translation>E&amp;inheit</translation>
    </message>
    <message>
        <source>Gi&amp;B, 2³⁰ bytes</source>
        <translation>Gi&amp;B, 2³⁰ Byte</translation>
    </message>
    <message>
        <source>&amp;GB, 10⁹ bytes</source>
        <translation>&amp;GB, 10⁹ Byte</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>V&amp;ollbild</translation>
    </message>
    <message>
        <source>&amp;Scenario</source>
        <translation>&amp;Szenario</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>&amp;Duplizieren</translation>
    </message>
    <message>
        <source>Cl&amp;ose</source>
        <translation>Schl&amp;ießen</translation>
    </message>
    <message>
        <source>Compare the others &amp;with this one</source>
        <translation>Die anderen &amp;hiermit vergleichen</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Nächstes</translation>
    </message>
    <message>
        <source>Find a &amp;model</source>
        <translation>&amp;Modell suchen</translation>
    </message>
    <message>
        <source>Find an &amp;accelerator</source>
        <translation>&amp;Beschleuniger suchen</translation>
    </message>
    <message>
        <source>Longest &amp;context that fits</source>
        <translation>Längster passender &amp;Kontext</translation>
    </message>
    <message>
        <source>Largest &amp;batch that fits</source>
        <translation>Größter passender Ba&amp;tch</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;What has the focus</source>
        <translation>&amp;Was den Fokus hat</translation>
    </message>
    <message>
        <source>&amp;Glossary</source>
        <translation>&amp;Glossar</translation>
    </message>
    <message>
        <source>&amp;Keyboard</source>
        <translation>&amp;Tastatur</translation>
    </message>
    <message>
        <source>&amp;Privacy</source>
        <translation>&amp;Datenschutz</translation>
    </message>
    <message>
        <source>What&apos;s &amp;new</source>
        <translation>&amp;Neuigkeiten</translation>
    </message>
    <message>
        <source>Headroom and &amp;other calculators</source>
        <translation>Headroom und &amp;andere Rechner</translation>
    </message>
    <message>
        <source>&amp;About Headroom</source>
        <translation>&amp;Über Headroom</translation>
    </message>
    <message>
        <source>data parallel %1</source>
        <translation>datenparallel %1</translation>
    </message>
    <message>
        <source>tensor parallel %1</source>
        <translation>tensorparallel %1</translation>
    </message>
    <message>
        <source>pipeline parallel %1</source>
        <translation>pipelineparallel %1</translation>
    </message>
    <message>
        <source>context parallel %1</source>
        <translation>kontextparallel %1</translation>
    </message>
    <message>
        <source>expert parallel %1</source>
        <translation>expertenparallel %1</translation>
    </message>
    <message>
        <source>weights %1</source>
        <translation>Gewichte %1</translation>
    </message>
    <message>
        <source>rank %1</source>
        <translation>Rang %1</translation>
    </message>
    <message>
        <source>KV cache %1</source>
        <translation>KV-Cache %1</translation>
    </message>
    <message>
        <source>context %1</source>
        <translation>Kontext %1</translation>
    </message>
    <message>
        <source>Write a report</source>
        <translation>Bericht schreiben</translation>
    </message>
    <message>
        <source>PDF document (*.pdf);;HTML page (*.html)</source>
        <translation>PDF-Dokument (*.pdf);;HTML-Seite (*.html)</translation>
    </message>
    <message>
        <source>Report as PDF or HTM&amp;L…</source>
        <translation>Bericht als PDF oder HTM&amp;L …</translation>
    </message>
    <message>
        <source>Smallest: %1, %2 left</source>
        <translation>Kleinstes: %1, %2 übrig</translation>
    </message>
    <message>
        <source>Smallest: %1, tight, %2 left</source>
        <translation>Kleinstes: %1, knapp, %2 übrig</translation>
    </message>
    <message>
        <source>Cheapest: %1, %2 $ an hour (listed %3)</source>
        <translation>Am günstigsten: %1, %2 $ je Stunde (Liste %3)</translation>
    </message>
    <message>
        <source>%1 over that cached blocks give back</source>
        <translation>%1 zu viel gibt der Cache frei</translation>
    </message>
    <message>
        <source>Smallest: %1, tight, %2 over that cached blocks give back</source>
        <translation>Kleinstes: %1, knapp, %2 zu viel gibt der Cache frei</translation>
    </message>
    <message>
        <source>Next a&amp;rea</source>
        <translation>Nä&amp;chster Bereich</translation>
    </message>
    <message>
        <source>Previous &amp;area</source>
        <translation>Voriger Bereic&amp;h</translation>
    </message>
    <message>
        <source>With room: %1, %2 left</source>
        <translation>Mit Luft: %1, %2 übrig</translation>
    </message>
    <message>
        <source>PNG picture</source>
        <translation>PNG-Bild</translation>
    </message>
    <message>
        <source>SVG drawing</source>
        <translation>SVG-Zeichnung</translation>
    </message>
    <message>
        <source>PDF document</source>
        <translation>PDF-Dokument</translation>
    </message>
    <message>
        <source>Cheapest: %1, tight, %2 $ an hour (listed %3)</source>
        <translation>Am günstigsten: %1, knapp, %2 $ je Stunde (Liste %3)</translation>
    </message>
    <message>
        <source>with room: %1, %2 $ (%3)</source>
        <translation>mit Luft: %1, %2 $ (%3)</translation>
    </message>
</context>
<context>
    <name>headroom::ui::AdviceList</name>
    <message>
        <source>What would help</source>
        <translation>Was helfen würde</translation>
    </message>
    <message>
        <source>−%1</source>
        <translation>−%1</translation>
    </message>
    <message>
        <source>Apply: %1</source>
        <translation>Anwenden: %1</translation>
    </message>
    <message>
        <source> — then it fits</source>
        <translation> — dann passt es</translation>
    </message>
    <message>
        <source>Costs %1</source>
        <translation>Kostet %1</translation>
    </message>
</context>
<context>
    <name>headroom::ui::BreakdownChart</name>
    <message>
        <source>Memory breakdown</source>
        <translation>Speicher nach Komponenten</translation>
    </message>
    <message>
        <source>Memory per device</source>
        <translation>Speicher je Gerät</translation>
    </message>
    <message>
        <source>Memory, side by side</source>
        <translation>Speicher, nebeneinander</translation>
    </message>
    <message>
        <source>capacity %1</source>
        <translation>Kapazität %1</translation>
    </message>
    <message>
        <source>usable %1</source>
        <translation>nutzbar %1</translation>
    </message>
</context>
<context>
    <name>headroom::ui::CalibrationChip</name>
    <message>
        <source>%1 on the host</source>
        <translation>%1 im Host</translation>
    </message>
    <message>
        <source>KV pool %1</source>
        <translation>KV-Pool %1</translation>
    </message>
    <message>
        <source>less than 0.01 in all</source>
        <translation>zusammen unter 0.01</translation>
    </message>
    <message>
        <source>nothing to correct</source>
        <translation>nichts zu korrigieren</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the calibration</source>
        <translation>Kalibrierung entfernen</translation>
    </message>
    <message>
        <source>Goes back to the prediction alone; can be undone.</source>
        <translation>Zurück zur reinen Vorhersage; lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source> of %1</source>
        <translation> vom %1</translation>
    </message>
    <message>
        <source>✓ %1%2: %3</source>
        <translation>✓ %1%2: %3</translation>
    </message>
    <message>
        <source>Set aside here: %1%2, which holds for %3 with %4</source>
        <translation>Hier beiseite gelassen: %1%2; gilt für %3 mit %4</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ChipRow</name>
    <message>
        <source>+%1 more</source>
        <translation>+%1 weitere</translation>
    </message>
    <message>
        <source>⚠ %1</source>
        <translation>⚠ %1</translation>
    </message>
</context>
<context>
    <name>headroom::ui::CompareChart</name>
    <message>
        <source>Devices side by side</source>
        <translation>Geräte nebeneinander</translation>
    </message>
    <message>
        <source>Scenarios side by side</source>
        <translation>Szenarien nebeneinander</translation>
    </message>
    <message>
        <source>%1 scenarios, each with its own verdict</source>
        <translation>%1 Szenarien, jedes mit eigenem Urteil</translation>
    </message>
    <message>
        <source>no batch fits</source>
        <translation>kein Batch passt</translation>
    </message>
    <message>
        <source>batch: no limit known</source>
        <translation>Batch: keine Grenze bekannt</translation>
    </message>
    <message>
        <source>batch ≤ %1</source>
        <translation>Batch ≤ %1</translation>
    </message>
    <message>
        <source>no context fits</source>
        <translation>kein Kontext passt</translation>
    </message>
    <message>
        <source>context ≤ %1</source>
        <translation>Kontext ≤ %1</translation>
    </message>
    <message>
        <source>The same question on other devices</source>
        <translation>Dieselbe Frage auf anderen Geräten</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 devices, each with its own verdict</source>
        <translation>%1 Geräte, jedes mit eigenem Urteil</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ComparePage</name>
    <message>
        <source>Add a copy to change</source>
        <translation>Kopie zum Ändern anlegen</translation>
    </message>
    <message>
        <source>What is plotted against the context</source>
        <translation>Was über dem Kontext aufgetragen ist</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>What is plotted</source>
        <translation>Aufgetragen ist</translation>
    </message>
    <message>
        <source>against the context</source>
        <translation>über dem Kontext</translation>
    </message>
    <message>
        <source>Differences to</source>
        <translation>Unterschiede zu</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>Bezug</translation>
    </message>
    <message>
        <source>Scenarios beside each other</source>
        <translation>Szenarien nebeneinander</translation>
    </message>
    <message>
        <source>%1 scenarios of this document</source>
        <translation>%1 Szenarien dieses Dokuments</translation>
    </message>
    <message>
        <source>One scenario so far: add a copy, change it, and both stand here</source>
        <translation>Bisher ein Szenario: eine Kopie anlegen und ändern, dann stehen beide hier</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ComponentModel</name>
    <message>
        <source>%1 bytes. Click: formula, numbers, source</source>
        <translation>%1 Byte. Klick: Formel, Zahlen, Quelle</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 Byte</translation>
    </message>
    <message>
        <source>%1 · calibrated</source>
        <translation>%1 · kalibriert</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>exakt</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>Komponente</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Low – high</source>
        <translation>Von – bis</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ComponentTable</name>
    <message>
        <source>Memory by component</source>
        <translation>Speicher nach Komponenten</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ContextChart</name>
    <message>
        <source>KV cache against context</source>
        <translation>KV-Cache über dem Kontext</translation>
    </message>
    <message>
        <source>Memory against context</source>
        <translation>Speicher über dem Kontext</translation>
    </message>
    <message>
        <source>%1 at %2 tokens</source>
        <translation>%1 bei %2 Token</translation>
    </message>
    <message>
        <source>device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>%1: full at %2 tokens</source>
        <translation>%1: voll bei %2 Token</translation>
    </message>
    <message>
        <source>context, tokens per sequence</source>
        <translation>Kontext, Token je Sequenz</translation>
    </message>
    <message>
        <source>usable %1</source>
        <translation>nutzbar %1</translation>
    </message>
    <message>
        <source>free for the KV cache %1</source>
        <translation>frei für den KV-Cache %1</translation>
    </message>
    <message>
        <source>free %1</source>
        <translation>frei %1</translation>
    </message>
    <message>
        <source>nothing usable</source>
        <translation>nichts nutzbar</translation>
    </message>
    <message>
        <source>nothing left for the KV cache</source>
        <translation>nichts übrig für den KV-Cache</translation>
    </message>
    <message>
        <source>full at %1 tokens</source>
        <translation>voll bei %1 Token</translation>
    </message>
    <message>
        <source>device memory that does not give way</source>
        <translation>Gerätespeicher, der nicht nachgibt</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>passt nicht</translation>
    </message>
    <message>
        <source>full at %1</source>
        <translation>voll bei %1</translation>
    </message>
    <message>
        <source>at most %1 tokens</source>
        <translation>höchstens %1 Token</translation>
    </message>
</context>
<context>
    <name>headroom::ui::DevicesPage</name>
    <message>
        <source>Users</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>users ×</source>
        <translation>Nutzer ×</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>What runs it</source>
        <translation>Was es ausführt</translation>
    </message>
    <message>
        <source>Run the scenario on it</source>
        <translation>Das Szenario darauf ausführen</translation>
    </message>
    <message>
        <source>Pin it, or take it off the chart</source>
        <translation>Anheften, oder aus dem Diagramm nehmen</translation>
    </message>
    <message>
        <source>Users at once</source>
        <translation>Nutzer zugleich</translation>
    </message>
    <message>
        <source>Sequences held at once, by as many copies of the model as it takes; empty: the batch</source>
        <translation>Sequenzen zugleich, auf so vielen Kopien des Modells, wie es braucht; leer: der Batch</translation>
    </message>
    <message>
        <source>Tokens of each</source>
        <translation>Token von jedem</translation>
    </message>
    <message>
        <source>Tokens of each sequence: the scenario&apos;s context</source>
        <translation>Token jeder Sequenz: der Kontext des Szenarios</translation>
    </message>
    <message>
        <source>Search devices</source>
        <translation>Geräte suchen</translation>
    </message>
    <message>
        <source>Search: 4090, 48 GB, Hopper</source>
        <translation>Suche: 4090, 48 GB, Hopper</translation>
    </message>
    <message>
        <source>Any vendor</source>
        <translation>Jeder Hersteller</translation>
    </message>
    <message>
        <source>Any class</source>
        <translation>Jede Klasse</translation>
    </message>
    <message>
        <source>Any memory</source>
        <translation>Jeder Speicher</translation>
    </message>
    <message>
        <source>Any power</source>
        <translation>Jede Leistung</translation>
    </message>
    <message>
        <source>Any year</source>
        <translation>Jedes Jahr</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>Passt</translation>
    </message>
    <message>
        <source>Only those on which it fits</source>
        <translation>Nur die, auf denen es passt</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>Only the accelerators of this machine, with the memory that other programs leave</source>
        <translation>Nur die Beschleuniger dieses Rechners, mit dem Speicher, den andere Programme lassen</translation>
    </message>
    <message>
        <source>MIG slices</source>
        <translation>MIG-Teile</translation>
    </message>
    <message>
        <source>Parts of devices as devices of their own</source>
        <translation>Teile von Geräten als eigene Geräte</translation>
    </message>
    <message>
        <source>Nodes of 8</source>
        <translation>Knoten mit 8</translation>
    </message>
    <message>
        <source>Whole nodes of data-centre devices as well</source>
        <translation>Auch ganze Knoten von Rechenzentrumsgeräten</translation>
    </message>
    <message>
        <source>Which devices are listed</source>
        <translation>Welche Geräte aufgelistet sind</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Suche läuft…</translation>
    </message>
    <message>
        <source>Nothing of that kind is known</source>
        <translation>Nichts dieser Art ist bekannt</translation>
    </message>
    <message>
        <source>, %1 in use by others</source>
        <translation>, %1 von anderen belegt</translation>
    </message>
    <message>
        <source>Here: %1</source>
        <translation>Hier: %1</translation>
    </message>
    <message>
        <source>NVML, sysfs and the system were asked; nothing is changed and nothing leaves this machine.</source>
        <translation>NVML, sysfs und das System wurden gefragt; nichts wird geändert, nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>No accelerator was found here</source>
        <translation>Hier wurde kein Beschleuniger gefunden</translation>
    </message>
    <message>
        <source>Asking the drivers…</source>
        <translation>Die Treiber werden gefragt…</translation>
    </message>
    <message>
        <source>Number of devices</source>
        <translation>Anzahl der Geräte</translation>
    </message>
    <message>
        <source>What runs %1</source>
        <translation>Was %1 ausführt</translation>
    </message>
    <message>
        <source>sequences ×</source>
        <translation>Sequenzen ×</translation>
    </message>
</context>
<context>
    <name>headroom::ui::DimensionEditor</name>
    <message>
        <source>Back to the original</source>
        <translation>Zurück zum Original</translation>
    </message>
    <message>
        <source>Drops the edited copy and takes the model it was made from</source>
        <translation>Verwirft die bearbeitete Kopie und nimmt das Modell, aus dem sie entstand</translation>
    </message>
    <message>
        <source>The head uses the token embedding&apos;s weights, which are then counted once</source>
        <translation>Der Kopf nutzt die Gewichte des Token-Embeddings, die dann einmal zählen</translation>
    </message>
    <message>
        <source>%1 •</source>
        <translation>%1 •</translation>
    </message>
    <message>
        <source>Changed from the original</source>
        <translation>Gegenüber dem Original geändert</translation>
    </message>
    <message>
        <source>per layer</source>
        <translation>je Schicht</translation>
    </message>
</context>
<context>
    <name>headroom::ui::Document</name>
    <message>
        <source>Untitled</source>
        <translation>Unbenannt</translation>
    </message>
    <message>
        <source>Add a scenario</source>
        <translation>Szenario hinzufügen</translation>
    </message>
    <message>
        <source>Rename a scenario</source>
        <translation>Szenario umbenennen</translation>
    </message>
    <message>
        <source>Move a scenario</source>
        <translation>Szenario verschieben</translation>
    </message>
    <message>
        <source>Close a scenario</source>
        <translation>Szenario schließen</translation>
    </message>
    <message>
        <source>Choose the baseline</source>
        <translation>Bezug wählen</translation>
    </message>
</context>
<context>
    <name>headroom::ui::DropOverlay</name>
    <message>
        <source>Drop to open</source>
        <translation>Zum Öffnen loslassen</translation>
    </message>
    <message>
        <source>A model: config.json, a folder, .safetensors, .gguf   ·   a scenario or a report: .headroom.json, .pdf, .html   ·   a log: .log, .txt, a snapshot of PyTorch&apos;s memory</source>
        <translation>Ein Modell: config.json, ein Ordner, .safetensors, .gguf   ·   ein Szenario oder ein Bericht: .headroom.json, .pdf, .html   ·   ein Log: .log, .txt, ein Abbild von PyTorchs Speicher</translation>
    </message>
</context>
<context>
    <name>headroom::ui::EngineOptionsTable</name>
    <message>
        <source>counted: %1</source>
        <translation>gezählt: %1</translation>
    </message>
    <message>
        <source>is the setting %1</source>
        <translation>ist die Einstellung %1</translation>
    </message>
    <message>
        <source>moves host memory and is not counted</source>
        <translation>bewegt Host-Speicher und wird nicht gezählt</translation>
    </message>
    <message>
        <source>moves memory and is not counted: it will stand in the verdict</source>
        <translation>bewegt Speicher und wird nicht gezählt: es steht dann im Urteil</translation>
    </message>
    <message>
        <source>moves no memory</source>
        <translation>bewegt keinen Speicher</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>Gezählt</translation>
    </message>
    <message>
        <source>Settings of their own</source>
        <translation>Eigene Einstellungen</translation>
    </message>
    <message>
        <source>Not counted</source>
        <translation>Nicht gezählt</translation>
    </message>
    <message>
        <source>Without memory</source>
        <translation>Ohne Speicher</translation>
    </message>
    <message>
        <source>Add by the engine&apos;s name</source>
        <translation>Mit dem Namen der Engine</translation>
    </message>
    <message>
        <source>Add an engine option</source>
        <translation>Engine-Option hinzufügen</translation>
    </message>
    <message>
        <source>Any option of the engine by its own name; the list says what becomes of each.</source>
        <translation>Jede Option der Engine unter ihrem eigenen Namen; die Liste sagt, was aus jeder wird.</translation>
    </message>
    <message>
        <source>%1 has no option %2.%3</source>
        <translation>%1 hat keine Option %2.%3</translation>
    </message>
    <message>
        <source>Take %1 back</source>
        <translation>%1 zurücknehmen</translation>
    </message>
    <message>
        <source>Back to the engine&apos;s default</source>
        <translation>Zurück zum Standard der Engine</translation>
    </message>
</context>
<context>
    <name>headroom::ui::EvidenceChart</name>
    <message>
        <source>Predicted against measured</source>
        <translation>Vorhergesagt gegen gemessen</translation>
    </message>
    <message>
        <source>all memory figures</source>
        <translation>alle Speicherwerte</translation>
    </message>
    <message>
        <source>%1, %2: %3 figures of real runs, %4 % inside the stated band</source>
        <translation>%1, %2: %3 Werte echter Läufe, %4 % im angegebenen Band</translation>
    </message>
    <message>
        <source>all engines</source>
        <translation>alle Engines</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; · %2&lt;br/&gt;%3: measured %4, predicted %5, %6</source>
        <translation>&lt;b&gt;%1&lt;/b&gt; · %2&lt;br/&gt;%3: gemessen %4, vorhergesagt %5, %6</translation>
    </message>
    <message>
        <source>vLLM</source>
        <translation>vLLM</translation>
    </message>
    <message>
        <source>SGLang</source>
        <translation>SGLang</translation>
    </message>
    <message>
        <source>llama.cpp</source>
        <translation>llama.cpp</translation>
    </message>
    <message>
        <source>Transformers</source>
        <translation>Transformers</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>measured, %1</source>
        <translation>gemessen, %1</translation>
    </message>
    <message>
        <source>predicted, %1</source>
        <translation>vorhergesagt, %1</translation>
    </message>
    <message>
        <source>No run printed such a figure.</source>
        <translation>Kein Lauf hat einen solchen Wert ausgegeben.</translation>
    </message>
    <message>
        <source>Predicting the runs …</source>
        <translation>Die Läufe werden vorhergesagt …</translation>
    </message>
    <message>
        <source>line: equal · dashed: ±10 %</source>
        <translation>Linie: gleich · gestrichelt: ±10 %</translation>
    </message>
    <message>
        <source>inside the stated band</source>
        <translation>im angegebenen Band</translation>
    </message>
    <message>
        <source>outside</source>
        <translation>außerhalb</translation>
    </message>
</context>
<context>
    <name>headroom::ui::EvidencePage</name>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>A + B</source>
        <translation>A + B</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>By figure</source>
        <translation>Nach Größe</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Quality of the runs</source>
        <translation>Qualität der Läufe</translation>
    </message>
    <message>
        <source>A: the run printed its whole configuration. B: one or two settings are assumed. All: more are.</source>
        <translation>A: der Lauf gab seine ganze Konfiguration aus. B: eine oder zwei Einstellungen sind angenommen. Alle: mehr sind es.</translation>
    </message>
    <message>
        <source>Runs predicted</source>
        <translation>Vorhergesagte Läufe</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Errors by engine and figure</source>
        <translation>Fehler nach Engine und Größe</translation>
    </message>
    <message>
        <source>Runs, the largest error first</source>
        <translation>Läufe, der größte Fehler zuerst</translation>
    </message>
    <message>
        <source>All engines</source>
        <translation>Alle Engines</translation>
    </message>
    <message>
        <source>All figures</source>
        <translation>Alle Größen</translation>
    </message>
    <message>
        <source>%1 figures, %2 % inside the stated band</source>
        <translation>%1 Werte, %2 % im angegebenen Band</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ExplainPage</name>
    <message>
        <source>Components</source>
        <translation>Komponenten</translation>
    </message>
    <message>
        <source>All components</source>
        <translation>Alle Komponenten</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ExplainPanel</name>
    <message>
        <source>Factor</source>
        <translation>Faktor</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Source:</source>
        <translation>Quelle:</translation>
    </message>
    <message>
        <source>%1 bytes, exact</source>
        <translation>%1 Byte, exakt</translation>
    </message>
    <message>
        <source>%1 bytes; measured runs suggest %2 – %3</source>
        <translation>%1 Byte; gemessene Läufe sprechen für %2 – %3</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>Erklärung</translation>
    </message>
    <message>
        <source>Alive at the heaviest moment of a step: %1.</source>
        <translation>Lebendig im schwersten Moment eines Schritts: %1.</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ExplorePage</name>
    <message>
        <source>One step</source>
        <translation>Ein Schritt</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Plot</source>
        <translation>Diagramm</translation>
    </message>
    <message>
        <source>Back to the chart (Esc)</source>
        <translation>Zurück zum Diagramm (Esc)</translation>
    </message>
    <message>
        <source>Why this many bytes</source>
        <translation>Warum so viele Byte</translation>
    </message>
</context>
<context>
    <name>headroom::ui::FigureModel</name>
    <message>
        <source>Worst: %1. Click to see these figures alone.</source>
        <translation>Schlechtester: %1. Klick zeigt nur diese Werte.</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>90 %</source>
        <translation>90 %</translation>
    </message>
    <message>
        <source>Worst</source>
        <translation>Max.</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>Tendenz</translation>
    </message>
    <message>
        <source>In band</source>
        <translation>Im Band</translation>
    </message>
    <message>
        <source>Figures that runs printed</source>
        <translation>Werte, die Läufe ausgaben</translation>
    </message>
    <message>
        <source>Half of the predictions are off by less</source>
        <translation>Die Hälfte der Vorhersagen liegt näher</translation>
    </message>
    <message>
        <source>Nine of ten predictions are off by less</source>
        <translation>Neun von zehn Vorhersagen liegen näher</translation>
    </message>
    <message>
        <source>The largest error</source>
        <translation>Der größte Fehler</translation>
    </message>
    <message>
        <source>Median of the signed errors: above zero predicts too much</source>
        <translation>Median der Fehler mit Vorzeichen: über null sagt zu viel vorher</translation>
    </message>
    <message>
        <source>Share of measured figures inside the band the estimate states</source>
        <translation>Anteil der gemessenen Werte im Band, das die Schätzung angibt</translation>
    </message>
</context>
<context>
    <name>headroom::ui::FitBanner</name>
    <message>
        <source>Accelerator</source>
        <translation>Beschleuniger</translation>
    </message>
    <message>
        <source>Choose an accelerator</source>
        <translation>Beschleuniger wählen</translation>
    </message>
    <message>
        <source>The device it is to run on. Its capacity is what a process can really allocate, not the printed size.</source>
        <translation>Das Gerät, auf dem es laufen soll. Seine Kapazität ist, was ein Prozess wirklich belegen kann, nicht die aufgedruckte Größe.</translation>
    </message>
    <message>
        <source>Number of devices</source>
        <translation>Anzahl der Geräte</translation>
    </message>
    <message>
        <source>How many of them: serving splits the model over them, training runs one replica on each.</source>
        <translation>Wie viele davon: Serving teilt das Modell auf sie auf, Training führt auf jedem eine Kopie aus.</translation>
    </message>
</context>
<context>
    <name>headroom::ui::FloatModel</name>
    <message>
        <source>exact</source>
        <translation>exakt</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>Bits</translation>
    </message>
    <message>
        <source>Stored number</source>
        <translation>Gespeicherte Zahl</translation>
    </message>
    <message>
        <source>Off by</source>
        <translation>Abweichung</translation>
    </message>
</context>
<context>
    <name>headroom::ui::FloatsExplorer</name>
    <message>
        <source>7 digits in fp32, 3 in bf16</source>
        <translation>7 Stellen in fp32, 3 in bf16</translation>
    </message>
    <message>
        <source>No binary format holds it exactly</source>
        <translation>Kein binäres Format hält sie exakt</translation>
    </message>
    <message>
        <source>bf16 keeps it, fp16 underflows to zero</source>
        <translation>bf16 hält sie, fp16 läuft auf null unter</translation>
    </message>
    <message>
        <source>The smallest number fp16 has at all</source>
        <translation>Die kleinste Zahl, die fp16 überhaupt hat</translation>
    </message>
    <message>
        <source>One step too far for fp16</source>
        <translation>Ein Schritt zu weit für fp16</translation>
    </message>
    <message>
        <source>The largest number of fp8 e4m3</source>
        <translation>Die größte Zahl von fp8 e4m3</translation>
    </message>
    <message>
        <source>A &amp;number</source>
        <translation>Eine &amp;Zahl</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>3.14, -1.96e-14, pi, 1/3, 2^-24</source>
        <translation>3.14, -1.96e-14, pi, 1/3, 2^-24</translation>
    </message>
    <message>
        <source>&amp;largest of its block</source>
        <translation>&amp;größte ihres Blocks</translation>
    </message>
    <message>
        <source>Largest magnitude of its block</source>
        <translation>Größter Betrag ihres Blocks</translation>
    </message>
    <message>
        <source>int8, NF4, MXFP4 and NVFP4 share a scale among the numbers of a block: what is kept depends on the largest.</source>
        <translation>int8, NF4, MXFP4 und NVFP4 teilen eine Skala unter den Zahlen eines Blocks: was bleibt, hängt von der größten ab.</translation>
    </message>
    <message>
        <source>Try %1</source>
        <translation>%1 versuchen</translation>
    </message>
    <message>
        <source>The number in each format</source>
        <translation>Die Zahl in jedem Format</translation>
    </message>
    <message>
        <source>Not a number; write 3.14, 1e-7 or 2^-24</source>
        <translation>Keine Zahl; etwa 3.14, 1e-7 oder 2^-24</translation>
    </message>
</context>
<context>
    <name>headroom::ui::HelpView</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Search the help</source>
        <translation>Hilfe durchsuchen</translation>
    </message>
    <message>
        <source>Pages and what was found</source>
        <translation>Seiten und Treffer</translation>
    </message>
    <message>
        <source>What&apos;s new</source>
        <translation>Neuigkeiten</translation>
    </message>
    <message>
        <source>Nothing speaks of “%1”</source>
        <translation>Nichts spricht von „%1“</translation>
    </message>
    <message>
        <source>This page is in English; the program&apos;s texts are translated.</source>
        <translation>Diese Seite gibt es nur auf Englisch.</translation>
    </message>
</context>
<context>
    <name>headroom::ui::InputPanel</name>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>Modelle suchen</translation>
    </message>
    <message>
        <source>Type part of a name to search the catalogue and this machine; a path, a hub id (org/name) or an address works too.</source>
        <translation>Ein Teil eines Namens sucht im Katalog und auf diesem Rechner; ein Pfad, eine Hub-ID (org/name) oder eine Adresse geht auch.</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>Open model</source>
        <translation>Modell öffnen</translation>
    </message>
    <message>
        <source>Open a model from a file, a folder, the hub, an address or JSON text</source>
        <translation>Ein Modell aus Datei, Ordner, Hub, Adresse oder JSON-Text öffnen</translation>
    </message>
    <message>
        <source>Inference</source>
        <translation>Inferenz</translation>
    </message>
    <message>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>QLoRA</source>
        <translation>QLoRA</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>Voll</translation>
    </message>
    <message>
        <source>What is to be run: serving the model, training adapters on it, on a 4-bit copy of it, or training all of it.</source>
        <translation>Was laufen soll: das Modell ausliefern, Adapter darauf trainieren, auf einer 4-Bit-Kopie davon, oder alles trainieren.</translation>
    </message>
    <message>
        <source>Workload</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>&amp;Precision</source>
        <translation>&amp;Präzision</translation>
    </message>
    <message>
        <source>Number format of the weights. Any known format may be typed or looked for: bf16, fp8, nf4, Q4_K_M, 4 bit …</source>
        <translation>Zahlenformat der Gewichte. Jedes bekannte Format lässt sich eintippen oder suchen: bf16, fp8, nf4, Q4_K_M, 4 bit …</translation>
    </message>
    <message>
        <source>Unknown format; try bf16, fp8 or Q4_K_M</source>
        <translation>Unbekanntes Format; etwa bf16, fp8 oder Q4_K_M</translation>
    </message>
    <message>
        <source>&amp;Batch</source>
        <translation>&amp;Batch</translation>
    </message>
    <message>
        <source>Sequences held at once; in training the micro-batch of one device. The KV cache and activations grow with it.</source>
        <translation>Sequenzen zugleich; im Training der Micro-Batch eines Geräts. KV-Cache und Aktivierungen wachsen damit.</translation>
    </message>
    <message>
        <source>&amp;Context</source>
        <translation>&amp;Kontext</translation>
    </message>
    <message>
        <source>Tokens of each sequence, prompt and answer together. 8k means 8192.</source>
        <translation>Token jeder Sequenz, Prompt und Antwort zusammen. 8k heißt 8192.</translation>
    </message>
    <message>
        <source>LoRA &amp;rank</source>
        <translation>LoRA-&amp;Rang</translation>
    </message>
    <message>
        <source>Inner width of the adapters: their weights, gradients and optimizer states grow with it.</source>
        <translation>Innere Breite der Adapter: ihre Gewichte, Gradienten und Optimizer-Zustände wachsen damit.</translation>
    </message>
    <message>
        <source>with QLoRA %1</source>
        <translation>mit QLoRA %1</translation>
    </message>
    <message>
        <source>QLoRA %1</source>
        <translation>QLoRA %1</translation>
    </message>
    <message>
        <source>%1 sequences</source>
        <translation>%1 Sequenzen</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>rank %1</source>
        <translation>Rang %1</translation>
    </message>
</context>
<context>
    <name>headroom::ui::LayersModel</name>
    <message>
        <source>All %1 layers</source>
        <translation>Alle %1 Schichten</translation>
    </message>
    <message>
        <source>%1: layers %2</source>
        <translation>%1: Schichten %2</translation>
    </message>
    <message>
        <source>%1 parameters in one layer</source>
        <translation>%1 Parameter in einer Schicht</translation>
    </message>
    <message>
        <source>Kept for the last %1 tokens only, so no part of the sum</source>
        <translation>Nur für die letzten %1 Token gehalten, also kein Teil der Summe</translation>
    </message>
    <message>
        <source>%1 bytes in one layer, %2 in all %3</source>
        <translation>%1 Byte in einer Schicht, %2 in allen %3</translation>
    </message>
    <message>
        <source>%1 bytes of one sequence in one layer</source>
        <translation>%1 Byte einer Sequenz in einer Schicht</translation>
    </message>
    <message>
        <source>Query heads / key-value heads × size of a head; MLA: heads, latent + rotary width</source>
        <translation>Query-Heads / Key-Value-Heads × Größe eines Heads; MLA: Heads, latente + rotierte Breite</translation>
    </message>
    <message>
        <source>Width of the MLP; experts used / experts there are × their width</source>
        <translation>Breite des MLP; genutzte / vorhandene Experten × ihre Breite</translation>
    </message>
    <message>
        <source>Bytes one layer keeps of one token in the cache&apos;s format</source>
        <translation>Byte, die eine Schicht je Token im Format des Caches hält</translation>
    </message>
    <message>
        <source>Bytes one layer keeps of one sequence, however long it is</source>
        <translation>Byte, die eine Schicht je Sequenz hält, wie lang sie auch ist</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Which</source>
        <translation>Welche</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>Heads</translation>
    </message>
    <message>
        <source>Heads/KV × size</source>
        <translation>Heads/KV × Größe</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>MLP / experts</source>
        <translation>MLP / Experten</translation>
    </message>
    <message>
        <source>MLP</source>
        <translation>MLP</translation>
    </message>
    <message>
        <source>KV per token</source>
        <translation>KV je Token</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Layers of the model</source>
        <translation>Schichten des Modells</translation>
    </message>
</context>
<context>
    <name>headroom::ui::LearnPage</name>
    <message>
        <source>Number formats</source>
        <translation>Zahlenformate</translation>
    </message>
    <message>
        <source>Rules of thumb</source>
        <translation>Faustregeln</translation>
    </message>
    <message>
        <source>Worked stories</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>What to learn about</source>
        <translation>Was es zu lernen gibt</translation>
    </message>
</context>
<context>
    <name>headroom::ui::LogDialog</name>
    <message>
        <source>Read a log</source>
        <translation>Log lesen</translation>
    </message>
    <message>
        <source>Calibrate this scenario</source>
        <translation>Dieses Szenario kalibrieren</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>Datei öffnen…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Measured beside predicted</source>
        <translation>Gemessen neben vorhergesagt</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>Vorhergesagt</translation>
    </message>
    <message>
        <source>Prediction is off by</source>
        <translation>Vorhersage weicht ab um</translation>
    </message>
    <message>
        <source>The measured figure lies in the stated band.</source>
        <translation>Der gemessene Wert liegt im angegebenen Band.</translation>
    </message>
    <message>
        <source>The measured figure lies outside the stated band.</source>
        <translation>Der gemessene Wert liegt außerhalb des angegebenen Bands.</translation>
    </message>
    <message>
        <source>No line was found for: %1.</source>
        <translation>Keine Zeile gefunden für: %1.</translation>
    </message>
    <message>
        <source>Predicted as %1 would serve it; calibrating sets that engine.</source>
        <translation>Vorhergesagt, wie %1 es ausführt; Kalibrieren setzt diese Engine.</translation>
    </message>
    <message>
        <source>Predicted without the present calibration; calibrating replaces it.</source>
        <translation>Ohne die jetzige Kalibrierung vorhergesagt; Kalibrieren ersetzt sie.</translation>
    </message>
    <message>
        <source>The weights are too far apart for one model in one format: set the scenario to the run first.</source>
        <translation>Die Gewichte liegen für ein Modell in einem Format zu weit auseinander: das Szenario zuerst auf den Lauf einstellen.</translation>
    </message>
    <message>
        <source>Compare like with like: the same model, formats, context and devices as in the log.</source>
        <translation>Gleiches mit Gleichem vergleichen: Modell, Formate, Kontext und Geräte wie im Log.</translation>
    </message>
    <message>
        <source>Open a log or a snapshot, drop it here, or paste its text.</source>
        <translation>Ein Log oder einen Snapshot öffnen, hier ablegen oder seinen Text einfügen.</translation>
    </message>
    <message>
        <source>Servers print what their memory went to, training runs and PyTorch&apos;s snapshots what was allocated. The prediction for the scenario stands beside it.</source>
        <translation>Server melden, wofür sie Speicher nehmen; Trainingsläufe und PyTorchs Snapshots, was belegt war. Die Vorhersage für das Szenario steht daneben.</translation>
    </message>
    <message>
        <source>Logs and snapshots (*.log *.txt *.out *.gz *.pickle);;All files (*)</source>
        <translation>Logs und Snapshots (*.log *.txt *.out *.gz *.pickle);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>the text</source>
        <translation>der Text</translation>
    </message>
    <message>
        <source>The scenario is reckoned by a rule of thumb; only the detailed account says figures that a run prints.</source>
        <translation>Das Szenario ist nach einer Faustregel gerechnet; nur die ausführliche Rechnung nennt Werte, die ein Lauf meldet.</translation>
    </message>
    <message>
        <source>These are figures of a program in PyTorch, and the scenario serves with %1. Set it to the run (LoRA, QLoRA or Full), and the prediction stands beside them.</source>
        <translation>Das sind Werte eines Programms in PyTorch, und das Szenario ist Inferenz mit %1. Wie der Lauf eingestellt (LoRA, QLoRA oder Voll), steht die Vorhersage daneben.</translation>
    </message>
    <message>
        <source>This is the log of a server, and the scenario trains. Set it to Inference, and the prediction stands beside it.</source>
        <translation>Das ist das Log eines Servers, und das Szenario trainiert. Auf Inferenz gestellt, steht die Vorhersage daneben.</translation>
    </message>
    <message>
        <source>Compare like with like: the same model, method, batch, sequence length and optimizer as in the run.</source>
        <translation>Gleiches mit Gleichem vergleichen: Modell, Methode, Batch, Sequenzlänge und Optimizer wie im Lauf.</translation>
    </message>
</context>
<context>
    <name>headroom::ui::MainWindow</name>
    <message>
        <source>Headroom did not end cleanly last time; your unsaved work is back.</source>
        <translation>Headroom wurde beim letzten Mal nicht sauber beendet; die ungespeicherte Arbeit ist wieder da.</translation>
    </message>
    <message>
        <source>Start fresh</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>Erkunden</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>Sweep</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>Erklärung</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>GiB is 2³⁰ bytes, as programs allocate; GB is 10⁹ bytes, as vendors print.</source>
        <translation>GiB sind 2³⁰ Byte, wie Programme sie belegen; GB sind 10⁹ Byte, wie Hersteller sie aufdrucken.</translation>
    </message>
    <message>
        <source>+ Scenario</source>
        <translation>+ Szenario</translation>
    </message>
    <message>
        <source>A copy of this scenario in the same document, to change and to compare (Ctrl+T)</source>
        <translation>Eine Kopie dieses Szenarios im selben Dokument, zum Ändern und Vergleichen (Ctrl+T)</translation>
    </message>
    <message>
        <source>The dropped text</source>
        <translation>Der abgelegte Text</translation>
    </message>
    <message numerus="yes">
        <source>%n keys</source>
        <translation>
            <numerusform>ein Schlüssel</numerusform>
            <numerusform>%n Schlüssel</numerusform>
        </translation>
    </message>
    <message>
        <source>, line %1, column %2</source>
        <translation>, Zeile %1, Spalte %2</translation>
    </message>
    <message>
        <source>Headroom scenarios (*.headroom.json);;All files (*)</source>
        <translation>Headroom-Szenarien (*.headroom.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Training recipes (*.yaml *.yml *.json);;All files (*)</source>
        <translation>Trainingsrezepte (*.yaml *.yml *.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>The text</source>
        <translation>Der Text</translation>
    </message>
    <message>
        <source>Could not open %1</source>
        <translation>%1 ließ sich nicht öffnen</translation>
    </message>
    <message>
        <source>Import a training recipe</source>
        <translation>Trainingsrezept importieren</translation>
    </message>
    <message>
        <source>Export a recipe for %1</source>
        <translation>Rezept für %1 exportieren</translation>
    </message>
    <message>
        <source>DeepSpeed configuration (*.json)</source>
        <translation>DeepSpeed-Konfiguration (*.json)</translation>
    </message>
    <message>
        <source>Recipe (*.yaml *.yml)</source>
        <translation>Rezept (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>Could not read %1</source>
        <translation>%1 war nicht zu lesen</translation>
    </message>
    <message>
        <source>No recipe</source>
        <translation>Kein Rezept</translation>
    </message>
    <message>
        <source>Could not write %1</source>
        <translation>%1 war nicht zu schreiben</translation>
    </message>
    <message>
        <source>Written: %1.</source>
        <translation>Geschrieben: %1.</translation>
    </message>
    <message>
        <source>%1 of %2 changed; everything else in it stays.</source>
        <translation>%1 von %2 geändert; alles andere darin bleibt.</translation>
    </message>
    <message>
        <source>Could not save %1</source>
        <translation>%1 ließ sich nicht speichern</translation>
    </message>
    <message>
        <source>Save the scenario</source>
        <translation>Szenario speichern</translation>
    </message>
    <message>
        <source>The clipboard</source>
        <translation>Die Zwischenablage</translation>
    </message>
    <message>
        <source>Nothing to open</source>
        <translation>Nichts zu öffnen</translation>
    </message>
    <message>
        <source>%1 could not be read</source>
        <translation>%1 war nicht zu lesen</translation>
    </message>
    <message>
        <source>The model of its run is not at hand; open it, so that like stands beside like.</source>
        <translation>Das Modell seines Laufs ist nicht zur Hand; erst geöffnet steht Gleiches neben Gleichem.</translation>
    </message>
    <message>
        <source>Its model could not be read, and %1 stays: %2</source>
        <translation>Sein Modell war nicht zu lesen, und %1 bleibt: %2</translation>
    </message>
    <message>
        <source>Everything Headroom reads (*.json *.jsonc *.yaml *.yml *.toml *.gguf *.safetensors *.pdf *.html *.log *.txt *.out *.pickle *.sh *.py *.ipynb *.gz Modelfile Dockerfile);;Headroom scenarios (*.headroom.json);;All files (*)</source>
        <translation>Alles, was Headroom liest (*.json *.jsonc *.yaml *.yml *.toml *.gguf *.safetensors *.pdf *.html *.log *.txt *.out *.pickle *.sh *.py *.ipynb *.gz Modelfile Dockerfile);;Headroom-Szenarien (*.headroom.json);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>headroom::ui::MapChart</name>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>%1 × %2: what is left</source>
        <translation>%1 × %2: was übrig bleibt</translation>
    </message>
    <message>
        <source>%1 × %2 values on %3</source>
        <translation>%1 × %2 Werte auf %3</translation>
    </message>
    <message>
        <source>%1. %2 of %3 pairs fit on %4</source>
        <translation>%1. %2 von %3 Paaren passen auf %4</translation>
    </message>
    <message>
        <source>%1 left on %2</source>
        <translation>%1 übrig auf %2</translation>
    </message>
    <message>
        <source>does not run</source>
        <translation>läuft nicht</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>needs %1 (%2 – %3)</source>
        <translation>braucht %1 (%2 – %3)</translation>
    </message>
    <message>
        <source>%1 short</source>
        <translation>%1 zu wenig</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 übrig</translation>
    </message>
    <message>
        <source>A click sets the scenario to it</source>
        <translation>Ein Klick stellt das Szenario darauf ein</translation>
    </message>
</context>
<context>
    <name>headroom::ui::MemoryBar</name>
    <message>
        <source>Memory bar</source>
        <translation>Speicherbalken</translation>
    </message>
    <message>
        <source>Memory of the fullest device</source>
        <translation>Speicher des vollsten Geräts</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 übrig</translation>
    </message>
    <message>
        <source>capacity %1</source>
        <translation>Kapazität %1</translation>
    </message>
    <message>
        <source>usable %1</source>
        <translation>nutzbar %1</translation>
    </message>
    <message numerus="yes">
        <source>%n others %1</source>
        <translation>
            <numerusform>%n weitere %1</numerusform>
            <numerusform>%n weitere %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headroom::ui::MessageBar</name>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ModelPage</name>
    <message>
        <source>Open model…</source>
        <translation>Modell öffnen…</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>The model stays as it is</source>
        <translation>Das Modell bleibt, wie es ist</translation>
    </message>
    <message>
        <source>Assumed</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>Was wäre, wenn</translation>
    </message>
    <message>
        <source>Changing a dimension makes a copy of the configuration; undo or the button below goes back.</source>
        <translation>Eine geänderte Dimension macht eine Kopie der Konfiguration; Rückgängig oder der Knopf unten führt zurück.</translation>
    </message>
    <message>
        <source>Active per token</source>
        <translation>Aktiv je Token</translation>
    </message>
    <message>
        <source>Next-token layers</source>
        <translation>Next-Token-Schichten</translation>
    </message>
    <message>
        <source>%1, not counted above</source>
        <translation>%1, oben nicht gezählt</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 as %2</source>
        <translation>%1 als %2</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 Byte</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV-Cache</translation>
    </message>
    <message>
        <source>%1 per token as %2</source>
        <translation>%1 je Token als %2</translation>
    </message>
    <message>
        <source>Recurrent state</source>
        <translation>Rekurrenter Zustand</translation>
    </message>
    <message>
        <source>%1 per sequence</source>
        <translation>%1 je Sequenz</translation>
    </message>
    <message>
        <source>Longest context</source>
        <translation>Längster Kontext</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>Read from</source>
        <translation>Gelesen aus</translation>
    </message>
    <message>
        <source>Nothing: the configuration says it all.</source>
        <translation>Nichts: die Konfiguration sagt alles.</translation>
    </message>
    <message>
        <source>The estimate keeps %1 per token on a device: the engine and the layout decide how.</source>
        <translation>Die Schätzung hält %1 je Token auf einem Gerät: Engine und Aufteilung entscheiden, wie.</translation>
    </message>
</context>
<context>
    <name>headroom::ui::OpenModelDialog</name>
    <message>
        <source>A Headroom scenario: %1. It will be opened as one.</source>
        <translation>Ein Headroom-Szenario: %1. Es wird als solches geöffnet.</translation>
    </message>
    <message>
        <source>A GGUF file: %1. Only its header is read.</source>
        <translation>Eine GGUF-Datei: %1. Nur ihr Header wird gelesen.</translation>
    </message>
    <message>
        <source>Safetensors: %1. Headers are read, and the config.json beside them.</source>
        <translation>Safetensors: %1. Header werden gelesen, und die config.json daneben.</translation>
    </message>
    <message>
        <source>A file: %1, read as a model&apos;s configuration.</source>
        <translation>Eine Datei: %1, gelesen als Konfiguration eines Modells.</translation>
    </message>
    <message>
        <source>A configuration, “%1”: %2.</source>
        <translation>Eine Konfiguration, „%1“: %2.</translation>
    </message>
    <message>
        <source>Nothing given yet.</source>
        <translation>Noch nichts angegeben.</translation>
    </message>
    <message>
        <source>%1, of Headroom&apos;s own catalogue: nothing is fetched. An id with @main behind it asks the hub.</source>
        <translation>%1, aus Headrooms eigenem Katalog: nichts wird geladen. Eine ID mit @main dahinter fragt den Hub.</translation>
    </message>
    <message>
        <source>A folder: %1. Its config.json and the headers of its weight files are read.</source>
        <translation>Ein Ordner: %1. Seine config.json und die Header seiner Gewichtsdateien werden gelesen.</translation>
    </message>
    <message>
        <source>There is no such file or folder: %1</source>
        <translation>Datei oder Ordner gibt es nicht: %1</translation>
    </message>
    <message>
        <source>A GGUF file of %1 on the hub, revision %2</source>
        <translation>Eine GGUF-Datei von %1 auf dem Hub, Revision %2</translation>
    </message>
    <message>
        <source>%1 on the hub, revision %2</source>
        <translation>%1 auf dem Hub, Revision %2</translation>
    </message>
    <message>
        <source>HF_HUB_OFFLINE is set, so only a copy kept here will do.</source>
        <translation>HF_HUB_OFFLINE ist gesetzt, also geht nur eine hier vorhandene Kopie.</translation>
    </message>
    <message>
        <source>Its header is read from %1, never the weights.</source>
        <translation>Ihr Header wird von %1 gelesen, nie die Gewichte.</translation>
    </message>
    <message>
        <source>Its configuration and the headers of its files are read from %1, never the weights.</source>
        <translation>Konfiguration und Header der Dateien werden von %1 gelesen, nie die Gewichte.</translation>
    </message>
    <message>
        <source>This is a Headroom scenario, not a model. Save it as a file and open that.</source>
        <translation>Das ist ein Headroom-Szenario, kein Modell. Bitte als Datei speichern und diese öffnen.</translation>
    </message>
    <message>
        <source>&amp;File…</source>
        <translation>&amp;Datei…</translation>
    </message>
    <message>
        <source>Fol&amp;der…</source>
        <translation>O&amp;rdner…</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Öffnen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Open model</source>
        <translation>Modell öffnen</translation>
    </message>
    <message>
        <source>A file, a folder, a hub id (Qwen/Qwen3-8B@main), the address of a model page, or the text of a config.json:</source>
        <translation>Eine Datei, ein Ordner, eine Hub-ID (Qwen/Qwen3-8B@main), die Adresse einer Modellseite oder der Text einer config.json:</translation>
    </message>
    <message>
        <source>Which model</source>
        <translation>Welches Modell</translation>
    </message>
    <message>
        <source>The text</source>
        <translation>Der Text</translation>
    </message>
    <message>
        <source>No model by itself, but a %1: it will be opened as one.</source>
        <translation>An sich kein Modell, sondern: %1; es wird als solches geöffnet.</translation>
    </message>
    <message>
        <source>Open a model&apos;s folder</source>
        <translation>Ordner eines Modells öffnen</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>Ein Modell öffnen</translation>
    </message>
    <message>
        <source>Models (config.json *.json *.safetensors *.gguf);;All files (*)</source>
        <translation>Modelle (config.json *.json *.safetensors *.gguf);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Asking %1 …</source>
        <translation>%1 wird gefragt …</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Lesen …</translation>
    </message>
    <message>
        <source>Reading %1 · %2 of %3 files · %4</source>
        <translation>%1 wird gelesen · %2 von %3 Dateien · %4</translation>
    </message>
    <message>
        <source>Reading %1 · %2</source>
        <translation>%1 wird gelesen · %2</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was changed.</source>
        <translation>Abgebrochen. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
</context>
<context>
    <name>headroom::ui::OptionRow</name>
    <message>
        <source>On the fullest device, everything else as it is</source>
        <translation>Auf dem vollsten Gerät, alles andere wie es ist</translation>
    </message>
    <message>
        <source>%1 when off</source>
        <translation>%1, wenn aus</translation>
    </message>
    <message>
        <source>%1 when on</source>
        <translation>%1, wenn an</translation>
    </message>
    <message>
        <source>%1 (default)</source>
        <translation>%1 (Standard)</translation>
    </message>
</context>
<context>
    <name>headroom::ui::OptionSections</name>
    <message>
        <source>Find a setting</source>
        <translation>Einstellung suchen</translation>
    </message>
    <message numerus="yes">
        <source>%n set</source>
        <translation>
            <numerusform>%n gesetzt</numerusform>
            <numerusform>%n gesetzt</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: has no place here</source>
        <translation>%1: hat hier keinen Platz</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>No setting is called so.</source>
        <translation>So heißt keine Einstellung.</translation>
    </message>
    <message>
        <source>By its name, its key in the scenario file, what it changes or what may be chosen: “zero”, “loss_rows”, “4 bit”.</source>
        <translation>Nach Name, Schlüssel in der Szenariodatei, Wirkung oder Auswahl: „zero“, „loss_rows“, „4 bit“.</translation>
    </message>
    <message>
        <source>%1: further up</source>
        <translation>%1: weiter oben</translation>
    </message>
</context>
<context>
    <name>headroom::ui::PasteCommandDialog</name>
    <message>
        <source>Paste a command</source>
        <translation>Befehl einfügen</translation>
    </message>
    <message>
        <source>vllm serve …, python -m sglang.launch_server …, llama-server …, or lines of an Ollama Modelfile. Devices and the reserve stay as they are.</source>
        <translation>vllm serve …, python -m sglang.launch_server …, llama-server …, oder Zeilen eines Ollama-Modelfile. Geräte und Reserve bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>What it sets</source>
        <translation>Was er setzt</translation>
    </message>
    <message>
        <source>What was not understood</source>
        <translation>Was nicht verstanden wurde</translation>
    </message>
    <message>
        <source>Set the scenario</source>
        <translation>Szenario setzen</translation>
    </message>
    <message>
        <source>Nothing pasted yet.</source>
        <translation>Noch nichts eingefügt.</translation>
    </message>
    <message>
        <source>It says what the scenario says already.</source>
        <translation>Er sagt, was das Szenario schon sagt.</translation>
    </message>
    <message>
        <source>Sets: %1</source>
        <translation>Setzt: %1</translation>
    </message>
    <message>
        <source>Not understood, or without a say in memory: %1</source>
        <translation>Nicht verstanden oder ohne Einfluss auf den Speicher: %1</translation>
    </message>
</context>
<context>
    <name>headroom::ui::PickerModel</name>
    <message>
        <source>Nothing matches “%1”</source>
        <translation>Nichts passt zu „%1“</translation>
    </message>
    <message>
        <source>an amount such as 24 GiB is taken as a device of its own</source>
        <translation>eine Menge wie 24 GiB gilt als eigenes Gerät</translation>
    </message>
    <message>
        <source>Esc gives the choice back</source>
        <translation>Esc gibt die Wahl zurück</translation>
    </message>
</context>
<context>
    <name>headroom::ui::PinStrip</name>
    <message>
        <source>Devices of the chart</source>
        <translation>Geräte des Diagramms</translation>
    </message>
    <message>
        <source>A drag puts them in another order, ✕ or Delete takes one out</source>
        <translation>Ziehen ordnet sie um, ✕ oder Entf nimmt eines heraus</translation>
    </message>
    <message>
        <source>Add an accelerator</source>
        <translation>Gerät hinzufügen</translation>
    </message>
    <message>
        <source>Take it off the chart</source>
        <translation>Aus dem Diagramm nehmen</translation>
    </message>
</context>
<context>
    <name>headroom::ui::PlanChart</name>
    <message>
        <source>%1 layouts that nothing beats at once</source>
        <translation>%1 Aufteilungen, die nichts zugleich schlägt</translation>
    </message>
    <message>
        <source>%1, on %2 to %3 devices; the least a device needs is %4</source>
        <translation>%1, auf %2 bis %3 Geräten; mindestens braucht ein Gerät %4</translation>
    </message>
    <message>
        <source>devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>usable %1</source>
        <translation>nutzbar %1</translation>
    </message>
    <message>
        <source>least memory</source>
        <translation>kleinster Speicher</translation>
    </message>
    <message>
        <source>A click shows it in the table</source>
        <translation>Ein Klick zeigt sie in der Tabelle</translation>
    </message>
    <message>
        <source>Memory of a device over the devices of a layout</source>
        <translation>Speicher eines Geräts über den Geräten einer Aufteilung</translation>
    </message>
</context>
<context>
    <name>headroom::ui::PlanPage</name>
    <message>
        <source>Global batch</source>
        <translation>Globaler Batch</translation>
    </message>
    <message>
        <source>global batch</source>
        <translation>globaler Batch</translation>
    </message>
    <message>
        <source>Layouts worth a look</source>
        <translation>Sehenswerte Aufteilungen</translation>
    </message>
    <message>
        <source>Nothing beats these at once in memory, devices, recomputation and communication. + or Enter opens one.</source>
        <translation>Nichts schlägt diese zugleich in Speicher, Geräten, Neuberechnung und Kommunikation. + oder Enter öffnet eine.</translation>
    </message>
    <message>
        <source>%1. Pressed: varied; else as the scenario has it</source>
        <translation>%1. Gedrückt: variiert; sonst wie im Szenario</translation>
    </message>
    <message>
        <source>What a plan varies</source>
        <translation>Was ein Plan variiert</translation>
    </message>
    <message>
        <source>Devices of the fleet</source>
        <translation>Geräte des Parks</translation>
    </message>
    <message>
        <source>Accelerator of the fleet</source>
        <translation>Beschleuniger des Parks</translation>
    </message>
    <message>
        <source>Sequences of an optimizer step; micro-batches are then as many as it takes</source>
        <translation>Sequenzen eines Optimizer-Schritts; Micro-Batches sind dann so viele, wie es braucht</translation>
    </message>
    <message>
        <source>Trying %1 layouts…</source>
        <translation>%1 Aufteilungen werden versucht…</translation>
    </message>
    <message>
        <source>None of %1 layouts fits</source>
        <translation>Keine von %1 Aufteilungen passt</translation>
    </message>
    <message>
        <source>%1 worth a look, of %2 that fit, of %3 tried</source>
        <translation>%1 sehenswert, von %2 passenden, von %3 versuchten</translation>
    </message>
    <message>
        <source>Left out:  %1</source>
        <translation>Weggelassen:  %1</translation>
    </message>
    <message>
        <source>Layouts of %1</source>
        <translation>Aufteilungen von %1</translation>
    </message>
    <message>
        <source>Choose an accelerator</source>
        <translation>Beschleuniger wählen</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>The only layout does not fit</source>
        <translation>Die einzige Aufteilung passt nicht</translation>
    </message>
    <message>
        <source>Use %1 × %2</source>
        <translation>%1 × %2 nehmen</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RangeRow</name>
    <message>
        <source>%1, from</source>
        <translation>%1, von</translation>
    </message>
    <message>
        <source>%1, to</source>
        <translation>%1, bis</translation>
    </message>
    <message>
        <source>8192, 8k or 1M; a share as 40 %; empty: the usual range</source>
        <translation>8192, 8k oder 1M; ein Anteil wie 40 %; leer: der übliche Bereich</translation>
    </message>
    <message>
        <source>The range ends before it begins</source>
        <translation>Der Bereich endet vor seinem Anfang</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ReadingDialog</name>
    <message>
        <source>Reading</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>Reading %1, %2…</source>
        <translation>%1 wird gelesen, %2…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RulesSheet</name>
    <message>
        <source>What the verdict names as not modelled.</source>
        <translation>Was das Urteil als nicht modelliert nennt.</translation>
    </message>
    <message>
        <source>Logits, runtime, what an allocator keeps; activations in serving; the widths of this MLP.</source>
        <translation>Logits, Laufzeit, was ein Allocator behält; Aktivierungen im Serving; die Breiten dieses MLP.</translation>
    </message>
    <message>
        <source>A master copy, logits, runtime, what an allocator keeps; activations in serving.</source>
        <translation>Eine Master-Kopie, Logits, Laufzeit, was ein Allocator behält; Aktivierungen im Serving.</translation>
    </message>
    <message>
        <source>Grouped heads: its cache is as wide as the model. A master copy, logits, runtime.</source>
        <translation>Gruppierte Heads: der Cache ist so breit wie das Modell. Eine Master-Kopie, Logits, Laufzeit.</translation>
    </message>
    <message>
        <source>All that a layer keeps but one tensor; logits, runtime, activations in serving.</source>
        <translation>Alles, was eine Schicht hält, bis auf einen Tensor; Logits, Laufzeit, Aktivierungen im Serving.</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>Zusammen</translation>
    </message>
    <message>
        <source>Leaves out</source>
        <translation>Lässt aus</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>Optimizer</translation>
    </message>
    <message>
        <source>Values per trained parameter</source>
        <translation>Werte je trainiertem Parameter</translation>
    </message>
    <message>
        <source>Bytes per parameter</source>
        <translation>Byte je Parameter</translation>
    </message>
    <message>
        <source>What they are</source>
        <translation>Was sie sind</translation>
    </message>
    <message>
        <source>about 0</source>
        <translation>etwa 0</translation>
    </message>
    <message>
        <source>a row and a column</source>
        <translation>eine Zeile und eine Spalte</translation>
    </message>
    <message>
        <source>Rules of thumb</source>
        <translation>Faustregeln</translation>
    </message>
    <message>
        <source>This scenario by every rule</source>
        <translation>Dieses Szenario nach jeder Regel</translation>
    </message>
    <message>
        <source>Each rule as the text it comes from has it; its constants are settings under Engine &amp; runtime.</source>
        <translation>Jede Regel, wie ihr Ursprungstext sie hat; ihre Konstanten sind Einstellungen unter Engine &amp; Laufzeit.</translation>
    </message>
    <message>
        <source>Serving, LoRA and full training</source>
        <translation>Serving, LoRA und volles Training</translation>
    </message>
    <message>
        <source>The same model on the same device; what the workload does not ask for is as its engine has it.</source>
        <translation>Dasselbe Modell auf demselben Gerät; was die Aufgabe nicht vorgibt, ist wie in ihrer Engine.</translation>
    </message>
    <message>
        <source>What optimizers keep</source>
        <translation>Was Optimizer halten</translation>
    </message>
    <message>
        <source>Beside weights and gradients, in fp32 unless the optimizer has a format of its own.</source>
        <translation>Neben Gewichten und Gradienten, in fp32, wenn der Optimizer kein eigenes Format hat.</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RunCard</name>
    <message>
        <source>Quality A: all that this figure depends on is known.</source>
        <translation>Qualität A: alles, wovon dieser Wert abhängt, ist bekannt.</translation>
    </message>
    <message>
        <source>Quality B: one or two settings that it depends on are assumed.</source>
        <translation>Qualität B: eine oder zwei Einstellungen, von denen er abhängt, sind angenommen.</translation>
    </message>
    <message>
        <source>Quality C: several settings that it depends on are assumed.</source>
        <translation>Qualität C: mehrere Einstellungen, von denen er abhängt, sind angenommen.</translation>
    </message>
    <message>
        <source>Open as scenario</source>
        <translation>Szenario öffnen</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>The run</source>
        <translation>Der Lauf</translation>
    </message>
    <message>
        <source>Sets the scenario to what the run was; can be undone.</source>
        <translation>Stellt das Szenario auf das, was der Lauf war; lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source>Click a point of the chart or a row of the runs to see what ran, where it was published, and where the predicted number comes from.</source>
        <translation>Ein Klick auf einen Punkt des Diagramms oder eine Zeile der Läufe zeigt, was lief, wo es veröffentlicht wurde und woher die Vorhersage kommt.</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>gemessen</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>vorhergesagt</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>inside the stated band</source>
        <translation>im angegebenen Band</translation>
    </message>
    <message>
        <source>outside the stated band</source>
        <translation>außerhalb des angegebenen Bands</translation>
    </message>
    <message>
        <source>The run did not print: %1</source>
        <translation>Der Lauf gab nicht aus: %1</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Where the prediction comes from</source>
        <translation>Woher die Vorhersage kommt</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RunModel</name>
    <message>
        <source>The measured figure lies in the stated band.</source>
        <translation>Der gemessene Wert liegt im angegebenen Band.</translation>
    </message>
    <message>
        <source>The measured figure lies outside the stated band.</source>
        <translation>Der gemessene Wert liegt außerhalb des angegebenen Bands.</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>Vorhergesagt</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ScenarioPlot</name>
    <message>
        <source>Scenarios against the context</source>
        <translation>Szenarien über dem Kontext</translation>
    </message>
    <message>
        <source>%1 against the context</source>
        <translation>%1 über dem Kontext</translation>
    </message>
    <message>
        <source>Memory against the context</source>
        <translation>Speicher über dem Kontext</translation>
    </message>
    <message>
        <source>%1 fits as far as shown</source>
        <translation>%1 passt, so weit gezeigt</translation>
    </message>
    <message>
        <source>context, tokens per sequence</source>
        <translation>Kontext, Token je Sequenz</translation>
    </message>
    <message>
        <source>full at %1</source>
        <translation>voll bei %1</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>%1 scenarios, each with its own verdict</source>
        <translation>%1 Szenarien, jedes mit eigenem Urteil</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>passt nicht</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>höchstens %1</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ScenarioStrip</name>
    <message>
        <source>Scenarios of this document</source>
        <translation>Szenarien dieses Dokuments</translation>
    </message>
    <message>
        <source>Double click renames, a drag reorders, the menu key has the rest</source>
        <translation>Doppelklick benennt um, Ziehen ordnet um, die Menütaste hat den Rest</translation>
    </message>
    <message>
        <source>Name of the scenario</source>
        <translation>Name des Szenarios</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>&amp;Duplizieren</translation>
    </message>
    <message>
        <source>No longer the &amp;baseline</source>
        <translation>Nicht mehr der &amp;Bezug</translation>
    </message>
    <message>
        <source>Compare the others with it (&amp;baseline)</source>
        <translation>Die anderen damit vergleichen (&amp;Bezug)</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
</context>
<context>
    <name>headroom::ui::SensitivityStrip</name>
    <message>
        <source>no limit known</source>
        <translation>keine Grenze bekannt</translation>
    </message>
    <message>
        <source>nothing fits</source>
        <translation>nichts passt</translation>
    </message>
    <message>
        <source>No capacity is known, or nothing bounds it.</source>
        <translation>Keine Kapazität ist bekannt, oder nichts begrenzt es.</translation>
    </message>
    <message>
        <source>Not even one fits with everything else as asked.</source>
        <translation>Nicht einmal eins passt, wenn alles andere bleibt.</translation>
    </message>
    <message>
        <source>This is what is asked already.</source>
        <translation>Das ist schon gefragt.</translation>
    </message>
    <message>
        <source>Go there: the largest value that fits with everything else as asked.</source>
        <translation>Dorthin: der größte Wert, der passt, wenn alles andere bleibt.</translation>
    </message>
    <message>
        <source>+1K tokens  %1</source>
        <translation>+1K Token  %1</translation>
    </message>
    <message>
        <source>+1 sequence  %1</source>
        <translation>+1 Sequenz  %1</translation>
    </message>
    <message>
        <source>Max context</source>
        <translation>Max. Kontext</translation>
    </message>
    <message>
        <source>The model itself was trained for %1 tokens.</source>
        <translation>Das Modell selbst wurde für %1 Token trainiert.</translation>
    </message>
    <message>
        <source>Max batch</source>
        <translation>Max. Batch</translation>
    </message>
</context>
<context>
    <name>headroom::ui::StepChart</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The peak is at: %1.</source>
        <translation>Die Spitze liegt bei: %1.</translation>
    </message>
    <message>
        <source>capacity %1</source>
        <translation>Kapazität %1</translation>
    </message>
    <message>
        <source>Memory through one step</source>
        <translation>Speicher über einen Schritt</translation>
    </message>
</context>
<context>
    <name>headroom::ui::StoryCard</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open: %1</source>
        <translation>Öffnen: %1</translation>
    </message>
</context>
<context>
    <name>headroom::ui::SweepChart</name>
    <message>
        <source>Sweep</source>
        <translation>Sweep</translation>
    </message>
    <message>
        <source>%1 over %2</source>
        <translation>%1 über %2</translation>
    </message>
    <message>
        <source>%1 values</source>
        <translation>%1 Werte</translation>
    </message>
    <message>
        <source>%1 values, %2 lines</source>
        <translation>%1 Werte, %2 Linien</translation>
    </message>
    <message>
        <source>%1: %2 of %3 values do not fit</source>
        <translation>%1: %2 von %3 Werten passen nicht</translation>
    </message>
    <message>
        <source>usable %1</source>
        <translation>nutzbar %1</translation>
    </message>
    <message>
        <source>as modelled</source>
        <translation>wie modelliert</translation>
    </message>
    <message>
        <source>does not run</source>
        <translation>läuft nicht</translation>
    </message>
    <message>
        <source>nothing bounds it</source>
        <translation>nichts begrenzt es</translation>
    </message>
    <message>
        <source>A click sets the scenario to it</source>
        <translation>Ein Klick stellt das Szenario darauf ein</translation>
    </message>
</context>
<context>
    <name>headroom::ui::SweepPage</name>
    <message>
        <source>over</source>
        <translation>über</translation>
    </message>
    <message>
        <source>for each</source>
        <translation>für jedes</translation>
    </message>
    <message>
        <source>nothing else</source>
        <translation>nichts weiter</translation>
    </message>
    <message>
        <source>across</source>
        <translation>quer</translation>
    </message>
    <message>
        <source>up</source>
        <translation>hoch</translation>
    </message>
    <message>
        <source>What is swept</source>
        <translation>Was durchlaufen wird</translation>
    </message>
    <message>
        <source>Lines of the sweep</source>
        <translation>Linien des Sweeps</translation>
    </message>
    <message>
        <source>What the map spans</source>
        <translation>Was die Karte aufspannt</translation>
    </message>
    <message>
        <source>Figure of the sweep</source>
        <translation>Größe des Sweeps</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>Sweep</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Was gezeigt wird</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>a line for each pinned device; a click sets the scenario</source>
        <translation>eine Linie je geheftetem Gerät; ein Klick stellt das Szenario ein</translation>
    </message>
</context>
<context>
    <name>headroom::ui::TensorModel</name>
    <message>
        <source>Embedding</source>
        <translation>Embedding</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>MLP</source>
        <translation>MLP</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>Norms</source>
        <translation>Norms</translation>
    </message>
    <message>
        <source>Recurrent mixers</source>
        <translation>Rekurrente Mixer</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>Vision</source>
        <translation>Vision</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Sonstiges</translation>
    </message>
    <message>
        <source>llama.cpp keeps the vision tower in a file of its own</source>
        <translation>llama.cpp hält den Vision-Turm in einer eigenen Datei</translation>
    </message>
    <message>
        <source>Next-token layers</source>
        <translation>Next-Token-Schichten</translation>
    </message>
    <message>
        <source>Layers for multi-token prediction: stored, but no part of the parameter count</source>
        <translation>Schichten für Multi-Token-Vorhersage: gespeichert, aber kein Teil der Parameterzahl</translation>
    </message>
    <message>
        <source>Added by the converter</source>
        <translation>Vom Konverter hinzugefügt</translation>
    </message>
    <message>
        <source>Stored beside these</source>
        <translation>Daneben gespeichert</translation>
    </message>
    <message>
        <source>Tensors the GGUF converter makes itself, and next-token layers it keeps</source>
        <translation>Tensoren, die der GGUF-Konverter selbst macht, und Next-Token-Schichten, die er behält</translation>
    </message>
    <message>
        <source>Scales, zero points, buffers and tensors that the configuration does not speak of</source>
        <translation>Skalen, Nullpunkte, Puffer und Tensoren, von denen die Konfiguration nicht spricht</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>expert %1</source>
        <translation>Experte %1</translation>
    </message>
    <message>
        <source>copy %1</source>
        <translation>Kopie %1</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>gemischt</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 Byte</translation>
    </message>
    <message>
        <source>%1: a buffer, stored but no parameter</source>
        <translation>%1: ein Puffer, gespeichert, aber kein Parameter</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>Tensor</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
</context>
<context>
    <name>headroom::ui::TensorTree</name>
    <message>
        <source>Tensors of the model</source>
        <translation>Tensoren des Modells</translation>
    </message>
</context>
<context>
    <name>headroom::ui::WelcomeDialog</name>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>How much memory does it take?</source>
        <translation>Wie viel Speicher braucht es?</translation>
    </message>
    <message>
        <source>Choose a model, a device and what you want to do; the answer follows every change. Three questions to begin with:</source>
        <translation>Ein Modell, ein Gerät und eine Aufgabe wählen; die Antwort folgt jeder Änderung. Drei Fragen zum Anfang:</translation>
    </message>
    <message>
        <source>F1 explains whatever has the focus. The stories stay on the Learn page.</source>
        <translation>F1 erklärt, was den Fokus hat. Die Beispiele bleiben auf der Seite „Lernen“.</translation>
    </message>
    <message>
        <source>Begin with an example</source>
        <translation>Mit einem Beispiel beginnen</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>How much accelerator memory a transformer language model needs, byte by byte.</source>
        <translation>Wie viel Beschleunigerspeicher ein Transformer-Sprachmodell braucht, Byte für Byte.</translation>
    </message>
    <message>
        <source>Write a chart of the scenario to FILE (.png, .svg or .pdf) and end.</source>
        <translation>Ein Diagramm des Szenarios in FILE (.png, .svg oder .pdf) schreiben und enden.</translation>
    </message>
    <message>
        <source>Which chart: breakdown, moments, bar, context, compare, sweep, map, evidence; or window for the whole window and model for its Model page (.png).</source>
        <translation>Welches Diagramm: breakdown, moments, bar, context, compare, sweep, map, evidence; oder window für das ganze Fenster und model für seine Modellseite (.png).</translation>
    </message>
    <message>
        <source>A scenario (*.headroom.json), a training recipe (YAML) or a model (config.json, *.safetensors, *.gguf).</source>
        <translation>Ein Szenario (*.headroom.json), ein Trainingsrezept (YAML) oder ein Modell (config.json, *.safetensors, *.gguf).</translation>
    </message>
    <message>
        <source>headroom: --export takes exactly one scenario</source>
        <translation>headroom: --export nimmt genau ein Szenario</translation>
    </message>
    <message>
        <source>Write a report (.html, or - for standard input) to PDF and end.</source>
        <translation>Einen Bericht (.html oder - für die Standardeingabe) als PDF schreiben und enden.</translation>
    </message>
    <message>
        <source>headroom: --report takes exactly one page</source>
        <translation>headroom: --report nimmt genau eine Seite</translation>
    </message>
</context>
</TS>
