<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Charts</name>
    <message>
        <source>memory of each kind of device, stacked by component</source>
        <translation>各类设备的内存，按组成部分堆叠</translation>
    </message>
    <message>
        <source>the fullest device through the moments of one training step</source>
        <translation>占用最多的设备在一个训练步各时刻的内存</translation>
    </message>
    <message>
        <source>the fullest device as one wide bar</source>
        <translation>占用最多的设备，画成一条宽条</translation>
    </message>
    <message>
        <source>KV cache against context, and where it is full</source>
        <translation>KV 缓存随上下文的变化，以及何时占满</translation>
    </message>
    <message>
        <source>the scenario on other devices, with verdicts and limits</source>
        <translation>该方案在其他设备上的结论与上限</translation>
    </message>
    <message>
        <source>the document&apos;s scenarios side by side, with verdicts and limits</source>
        <translation>文档中的方案并排对比，含结论与上限</translation>
    </message>
    <message>
        <source>a component of the document&apos;s scenarios against the context</source>
        <translation>文档中各方案的某一组成部分随上下文的变化</translation>
    </message>
    <message>
        <source>the breakdown of each device side by side</source>
        <translation>各设备的内存构成并排对比</translation>
    </message>
    <message>
        <source>what the scenario comes to over the values of a field</source>
        <translation>方案结果随某一字段取值的变化</translation>
    </message>
    <message>
        <source>what is left at every pair of values of two fields, and where it ends</source>
        <translation>两个字段每对取值下的剩余内存，以及边界所在</translation>
    </message>
    <message>
        <source>the layouts of a fleet that nothing beats: memory over devices</source>
        <translation>设备集群中无可超越的布局：内存随设备数的变化</translation>
    </message>
    <message>
        <source>what was predicted for real runs against what they printed</source>
        <translation>真实运行的预测值与其输出值的对比</translation>
    </message>
</context>
<context>
    <name>InputPanel</name>
    <message>
        <source>On this machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Open model…</source>
        <translation>打开模型…</translation>
    </message>
    <message>
        <source>A file, a folder, a hub id, an address or JSON text</source>
        <translation>文件、文件夹、Hub ID、网址或 JSON 文本</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Precision details</source>
        <translation>精度细节</translation>
    </message>
    <message>
        <source>Engine &amp;&amp; runtime</source>
        <translation>引擎与运行时</translation>
    </message>
    <message>
        <source>Adapters, drafts &amp;&amp; images</source>
        <translation>适配器、草稿与图像</translation>
    </message>
    <message>
        <source>Engine options</source>
        <translation>引擎选项</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Training step in detail</source>
        <translation>训练步细节</translation>
    </message>
    <message>
        <source>Preference &amp;&amp; reinforcement</source>
        <translation>偏好与强化学习</translation>
    </message>
    <message>
        <source>Parallelism</source>
        <translation>并行</translation>
    </message>
    <message>
        <source>Sharding in detail</source>
        <translation>分片细节</translation>
    </message>
    <message>
        <source>Reserve &amp;&amp; offload</source>
        <translation>预留与卸载</translation>
    </message>
</context>
<context>
    <name>QMessageBox</name>
    <message>
        <source>Unsaved changes</source>
        <translation>未保存的更改</translation>
    </message>
    <message>
        <source>Save the changes to “%1”?</source>
        <translation>保存对“%1”的更改吗？</translation>
    </message>
    <message>
        <source>The file was changed</source>
        <translation>文件已被更改</translation>
    </message>
    <message>
        <source>Another program changed “%1” since it was read. Saving replaces what it wrote.</source>
        <translation>“%1”读取之后被其他程序改动过。保存会覆盖那些改动。</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation>不保存(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
</context>
<context>
    <name>Story</name>
    <message>
        <source>How many users fit on an 80 GB card?</source>
        <translation>一张 80 GB 的卡能容纳多少用户？</translation>
    </message>
    <message>
        <source>Llama 3.1 8B in vLLM, 8K tokens each, from one user to a hundred. The weights stay what they are; watch the KV cache pass them, and what an fp8 cache gives back.</source>
        <translation>用 vLLM 运行 Llama 3.1 8B，每位用户 8K token，从一位到一百位。权重始终不变；看 KV 缓存如何超过权重，以及 fp8 缓存能省回多少。</translation>
    </message>
    <message>
        <source>LoRA, QLoRA or all of it?</source>
        <translation>LoRA、QLoRA，还是全参？</translation>
    </message>
    <message>
        <source>Qwen2.5-7B trained four ways on the same card. Full training pays for gradients and two moments of every weight; adapters pay for activations, and checkpointing takes those too.</source>
        <translation>在同一张卡上用四种方式训练 Qwen2.5-7B。全参训练要为每个权重付出梯度和两个动量；适配器付出的是激活，而重计算连激活也能省掉。</translation>
    </message>
    <message>
        <source>From naive to quantized serving</source>
        <translation>从朴素部署到量化部署</translation>
    </message>
    <message>
        <source>Qwen2.5-7B for four users on a 24 GB card: fp32 as it comes, bf16, an engine with a pool, 4-bit weights, an fp8 cache. Each step is one scenario; compare their bars.</source>
        <translation>在 24 GB 的卡上为四位用户部署 Qwen2.5-7B：原样的 fp32、bf16、带缓存池的引擎、4 位权重、fp8 缓存。每一步是一个方案；比较它们的条形。</translation>
    </message>
    <message>
        <source>Deep and thin, or shallow and wide?</source>
        <translation>深而窄，还是浅而宽？</translation>
    </message>
    <message>
        <source>Three models of about the same number of parameters. Weights agree; the KV cache grows with layers × width, so that the deep one needs twice the cache of the wide one.</source>
        <translation>三个参数量相近的模型。权重相当；KV 缓存随层数 × 宽度增长，因此深模型需要的缓存是宽模型的两倍。</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>Fits</source>
        <translation>放得下</translation>
    </message>
    <message>
        <source>Fits as modelled</source>
        <translation>按模型放得下</translation>
    </message>
    <message>
        <source>Tight</source>
        <translation>紧张</translation>
    </message>
    <message>
        <source>Does not fit</source>
        <translation>放不下</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>%1 unless asked</source>
        <translation>未指定时为 %1</translation>
    </message>
    <message>
        <source>8192 tokens, or the model&apos;s maximum</source>
        <translation>8192 个 token，或模型的最大值</translation>
    </message>
    <message>
        <source>AdamW unless asked</source>
        <translation>未指定时为 AdamW</translation>
    </message>
    <message>
        <source>DDP keeps its buckets either way</source>
        <translation>DDP 总会保留其桶</translation>
    </message>
    <message>
        <source>DeepSpeed&apos;s stages 2 and 3 reduce every micro-batch</source>
        <translation>DeepSpeed 第 2、3 阶段每个微批都规约</translation>
    </message>
    <message>
        <source>FSDP and DeepSpeed cast parameters themselves</source>
        <translation>FSDP 和 DeepSpeed 自行转换参数</translation>
    </message>
    <message>
        <source>LM Studio serves with two engines: say &apos;mlx&apos; for its MLX runtime, &apos;llama.cpp&apos; for its GGUF runtime.</source>
        <translation>LM Studio 有两种引擎：MLX 运行时请写 &apos;mlx&apos;，GGUF 运行时请写 &apos;llama.cpp&apos;。</translation>
    </message>
    <message>
        <source>LitGPT quantizes by bitsandbytes alone: nf4, nf4-dq, fp4 and int8</source>
        <translation>LitGPT 只用 bitsandbytes 量化：nf4、nf4-dq、fp4 和 int8</translation>
    </message>
    <message>
        <source>Llama recipes quantize by bitsandbytes alone, in 4 or 8 bits</source>
        <translation>Llama recipes 只用 bitsandbytes 量化，4 或 8 位</translation>
    </message>
    <message>
        <source>MLX has backends for Metal and CUDA only</source>
        <translation>MLX 只有 Metal 和 CUDA 后端</translation>
    </message>
    <message>
        <source>MLX is made for Apple silicon; its CUDA backend (mlx[cuda12], Linux) has an allocator of its own, and is counted by the rules of Metal</source>
        <translation>MLX 面向 Apple 芯片；其 CUDA 后端（mlx[cuda12]，Linux）有自己的分配器，按 Metal 的规则计算</translation>
    </message>
    <message>
        <source>Megatron-Core steps with a fused Adam</source>
        <translation>Megatron-Core 使用融合 Adam</translation>
    </message>
    <message>
        <source>Megatron-LM&apos;s --fp8-param-gather keeps them</source>
        <translation>Megatron-LM 的 --fp8-param-gather 会保留</translation>
    </message>
    <message>
        <source>Megatron-LM&apos;s distributed optimizer</source>
        <translation>Megatron-LM 的分布式优化器</translation>
    </message>
    <message>
        <source>Ollama loads GGUF files</source>
        <translation>Ollama 加载 GGUF 文件</translation>
    </message>
    <message>
        <source>PEFT leaves checkpointing to its caller (0.21)</source>
        <translation>PEFT 把重计算交给调用方（0.21）</translation>
    </message>
    <message>
        <source>PEFT&apos;s recipe calls prepare_model_for_kbit_training</source>
        <translation>PEFT 的示例会调用 prepare_model_for_kbit_training</translation>
    </message>
    <message>
        <source>PPO alone trains a critic</source>
        <translation>只有 PPO 训练 critic</translation>
    </message>
    <message>
        <source>SGLang&apos;s caches are fp8, mxfp8, or 4 bit in mxfp4 and nvfp4</source>
        <translation>SGLang 的缓存为 fp8、mxfp8，或 mxfp4 与 nvfp4 的 4 位</translation>
    </message>
    <message>
        <source>SHARD_GRAD_OP keeps weights gathered</source>
        <translation>SHARD_GRAD_OP 保留已收集的权重</translation>
    </message>
    <message>
        <source>TensorRT-LLM has fp8, nvfp4, mxfp4, int8, int4, AWQ and GPTQ</source>
        <translation>TensorRT-LLM 有 fp8、nvfp4、mxfp4、int8、int4、AWQ 和 GPTQ</translation>
    </message>
    <message>
        <source>TensorRT-LLM&apos;s caches are fp8, int8 and nvfp4</source>
        <translation>TensorRT-LLM 的缓存为 fp8、int8 和 nvfp4</translation>
    </message>
    <message>
        <source>The training steps of MLX are not accounted for: lazy evaluation and Metal&apos;s buffers follow rules of their own. Its adapters are: workload &apos;inference&apos; with &apos;lora&apos;.</source>
        <translation>MLX 的训练步未建模：惰性求值和 Metal 缓冲区有自己的规则。其适配器可以：任务 &apos;inference&apos; 加 &apos;lora&apos;。</translation>
    </message>
    <message>
        <source>Transformer Engine&apos;s quantized_model_init keeps them</source>
        <translation>Transformer Engine 的 quantized_model_init 会保留</translation>
    </message>
    <message>
        <source>TransformerEngine&apos;s norms</source>
        <translation>TransformerEngine 的归一化</translation>
    </message>
    <message>
        <source>ZeRO is DeepSpeed&apos;s</source>
        <translation>ZeRO 属于 DeepSpeed</translation>
    </message>
    <message>
        <source>a pasted log</source>
        <translation>粘贴的日志</translation>
    </message>
    <message>
        <source>a server computes in fp32, bf16 or fp16, however narrow its weights are</source>
        <translation>无论权重多窄，服务器都以 fp32、bf16 或 fp16 计算</translation>
    </message>
    <message>
        <source>a step has one micro-batch</source>
        <translation>一步只有一个微批</translation>
    </message>
    <message>
        <source>a step per micro-batch</source>
        <translation>每个微批更新一次</translation>
    </message>
    <message>
        <source>a training step keeps no KV cache</source>
        <translation>训练步不保留 KV 缓存</translation>
    </message>
    <message>
        <source>adamw_torch_fused is taken with torch 2.8 or newer only</source>
        <translation>仅 torch 2.8 及以上才用 adamw_torch_fused</translation>
    </message>
    <message>
        <source>adapters alone are trained unless asked</source>
        <translation>未指定时只训练适配器</translation>
    </message>
    <message>
        <source>adapters are in their block&apos;s unit</source>
        <translation>适配器在其块的单元内</translation>
    </message>
    <message>
        <source>all linear layers unless asked</source>
        <translation>未指定时为所有线性层</translation>
    </message>
    <message>
        <source>all of the device may be used</source>
        <translation>可使用整台设备</translation>
    </message>
    <message>
        <source>around the unit</source>
        <translation>在单元外围</translation>
    </message>
    <message>
        <source>as large as the policy: trl/trainer (1.10)</source>
        <translation>与策略一样大：trl/trainer (1.10)</translation>
    </message>
    <message>
        <source>as many as are held</source>
        <translation>与所容纳的一样多</translation>
    </message>
    <message>
        <source>as the checkpoint stores them</source>
        <translation>按检查点的存储</translation>
    </message>
    <message>
        <source>batches are padded to their longest sample</source>
        <translation>批次填充到最长样本</translation>
    </message>
    <message>
        <source>blocks are checkpointed before they are sharded</source>
        <translation>块先设检查点再分片</translation>
    </message>
    <message>
        <source>bnb_4bit_use_double_quant on unless turned off</source>
        <translation>bnb_4bit_use_double_quant 默认开启</translation>
    </message>
    <message>
        <source>checkpointing is not selective</source>
        <translation>重计算不是选择性的</translation>
    </message>
    <message>
        <source>devices take shares by their free memory</source>
        <translation>各设备按空闲内存分配份额</translation>
    </message>
    <message>
        <source>distillation alone has a teacher</source>
        <translation>只有蒸馏才有教师模型</translation>
    </message>
    <message>
        <source>each device gets whole layers</source>
        <translation>每台设备承担完整的层</translation>
    </message>
    <message>
        <source>embedding, blocks, norm+head</source>
        <translation>嵌入、块、归一化+输出头</translation>
    </message>
    <message>
        <source>every backward reduces unless told otherwise</source>
        <translation>除非另行指定，每次反向都规约</translation>
    </message>
    <message>
        <source>every block is a unit</source>
        <translation>每个块是一个单元</translation>
    </message>
    <message>
        <source>every layer is split over the devices</source>
        <translation>每层都切分到各设备</translation>
    </message>
    <message>
        <source>every layer that is recomputed</source>
        <translation>每个被重计算的层</translation>
    </message>
    <message>
        <source>every micro-batch is as long as the context</source>
        <translation>每个微批都与上下文等长</translation>
    </message>
    <message>
        <source>every rank keeps everything</source>
        <translation>每个 rank 保留全部</translation>
    </message>
    <message>
        <source>full training has no adapters</source>
        <translation>全参训练没有适配器</translation>
    </message>
    <message>
        <source>fully_shard keeps parameters</source>
        <translation>fully_shard 保留参数</translation>
    </message>
    <message>
        <source>ggml has no backend for Neuron</source>
        <translation>ggml 没有 Neuron 后端</translation>
    </message>
    <message>
        <source>ggml has no backend for TPU</source>
        <translation>ggml 没有 TPU 后端</translation>
    </message>
    <message>
        <source>ggml&apos;s block formats are llama.cpp&apos;s</source>
        <translation>ggml 的块格式属于 llama.cpp</translation>
    </message>
    <message>
        <source>gradients are not clipped unless asked</source>
        <translation>未指定时不裁剪梯度</translation>
    </message>
    <message>
        <source>inside the unit</source>
        <translation>在单元之内</translation>
    </message>
    <message>
        <source>it belongs to FSDP1</source>
        <translation>它属于 FSDP1</translation>
    </message>
    <message>
        <source>it belongs to FSDP2</source>
        <translation>它属于 FSDP2</translation>
    </message>
    <message>
        <source>it belongs to ZeRO&apos;s stage 3</source>
        <translation>它属于 ZeRO 第 3 阶段</translation>
    </message>
    <message>
        <source>it belongs to ZeRO&apos;s stages 1 and 2</source>
        <translation>它属于 ZeRO 第 1、2 阶段</translation>
    </message>
    <message>
        <source>it belongs to plain data parallelism</source>
        <translation>它属于普通数据并行</translation>
    </message>
    <message>
        <source>it belongs to serving, and this is training</source>
        <translation>它属于部署，而这是训练</translation>
    </message>
    <message>
        <source>it belongs to training, and this is serving</source>
        <translation>它属于训练，而这是部署</translation>
    </message>
    <message>
        <source>it has no Metal backend: on Apple silicon it runs on the CPU (vllm-metal is another program)</source>
        <translation>没有 Metal 后端：在 Apple 芯片上运行于 CPU（vllm-metal 是另一个程序）</translation>
    </message>
    <message>
        <source>it has no backend for Neuron</source>
        <translation>没有 Neuron 后端</translation>
    </message>
    <message>
        <source>it is a format of caches</source>
        <translation>这是缓存的格式</translation>
    </message>
    <message>
        <source>it is a format of vLLM&apos;s caches</source>
        <translation>这是 vLLM 缓存的格式</translation>
    </message>
    <message>
        <source>it loads GGUF files, which have formats of their own</source>
        <translation>它加载 GGUF 文件，其格式自成一套</translation>
    </message>
    <message>
        <source>it makes the host wait and allocates nothing else</source>
        <translation>它只让主机等待，不再分配内存</translation>
    </message>
    <message>
        <source>it runs on NVIDIA devices only</source>
        <translation>只能在 NVIDIA 设备上运行</translation>
    </message>
    <message>
        <source>it scales what adapters add and takes no memory</source>
        <translation>它只缩放适配器的贡献，不占内存</translation>
    </message>
    <message>
        <source>it serves and does not train; the settings name what is estimated instead</source>
        <translation>它只部署不训练；设置中写明改为估算的内容</translation>
    </message>
    <message>
        <source>it trains and does not serve; the settings name what is estimated instead</source>
        <translation>它只训练不部署；设置中写明改为估算的内容</translation>
    </message>
    <message>
        <source>it writes GGUF tensors out into plain floats as it loads them</source>
        <translation>加载时把 GGUF 张量展开为普通浮点</translation>
    </message>
    <message>
        <source>its XPU backend&apos;s memory is not on record; it is counted by the rules of CUDA</source>
        <translation>没有其 XPU 后端内存的记录；按 CUDA 的规则计算</translation>
    </message>
    <message>
        <source>its cache is quantized in groups of int4 or int8</source>
        <translation>其缓存以 int4 或 int8 分组量化</translation>
    </message>
    <message>
        <source>its cache takes ggml&apos;s formats</source>
        <translation>其缓存采用 ggml 的格式</translation>
    </message>
    <message>
        <source>its trainer is patched, and does what the engine&apos;s own code does</source>
        <translation>其训练器已打补丁，行为与引擎自身代码一致</translation>
    </message>
    <message>
        <source>kv_cache_memory_bytes says how large the pool is</source>
        <translation>kv_cache_memory_bytes 指定了缓存池大小</translation>
    </message>
    <message>
        <source>latent attention caches its latent</source>
        <translation>潜变量注意力缓存其潜变量</translation>
    </message>
    <message>
        <source>llama.cpp&apos;s kernels compute in formats of their own</source>
        <translation>llama.cpp 的内核以自己的格式计算</translation>
    </message>
    <message>
        <source>loaded in the dtype that is asked for (precision.compute)</source>
        <translation>按所问的 dtype 加载（precision.compute）</translation>
    </message>
    <message>
        <source>logits are gathered</source>
        <translation>logits 被收集</translation>
    </message>
    <message>
        <source>logits go with the loss</source>
        <translation>logits 随损失释放</translation>
    </message>
    <message>
        <source>mlx_lm.convert makes affine groups (int4, int8), mxfp4, nvfp4 and mxfp8</source>
        <translation>mlx_lm.convert 生成仿射分组（int4、int8）、mxfp4、nvfp4 和 mxfp8</translation>
    </message>
    <message>
        <source>neither scenario nor configuration says</source>
        <translation>方案与配置都未说明</translation>
    </message>
    <message>
        <source>no cache is filled</source>
        <translation>不填充缓存</translation>
    </message>
    <message>
        <source>no capacity is compared</source>
        <translation>不比较容量</translation>
    </message>
    <message>
        <source>no copies unless asked</source>
        <translation>未指定时无副本</translation>
    </message>
    <message>
        <source>no engine was named</source>
        <translation>未指定引擎</translation>
    </message>
    <message>
        <source>no log was read</source>
        <translation>未读取日志</translation>
    </message>
    <message>
        <source>no preference or reinforcement method was asked for</source>
        <translation>未指定偏好或强化学习方法</translation>
    </message>
    <message>
        <source>no version can be read in it; the newest known rules apply</source>
        <translation>读不出版本；采用已知的最新规则</translation>
    </message>
    <message>
        <source>no whole layers are recomputed</source>
        <translation>没有整层重计算</translation>
    </message>
    <message>
        <source>none unless asked</source>
        <translation>未指定时无</translation>
    </message>
    <message>
        <source>not split unless asked</source>
        <translation>未指定时不切分</translation>
    </message>
    <message>
        <source>nothing is gathered</source>
        <translation>不收集任何内容</translation>
    </message>
    <message>
        <source>nothing is recomputed</source>
        <translation>没有重计算</translation>
    </message>
    <message>
        <source>nothing is recomputed unless asked</source>
        <translation>未指定时不重计算</translation>
    </message>
    <message>
        <source>nothing is sharded by DeepSpeed</source>
        <translation>DeepSpeed 未分片</translation>
    </message>
    <message>
        <source>nothing is sharded by FSDP</source>
        <translation>FSDP 未分片</translation>
    </message>
    <message>
        <source>nothing was said</source>
        <translation>未说明</translation>
    </message>
    <message>
        <source>off unless asked</source>
        <translation>未指定时关闭</translation>
    </message>
    <message>
        <source>on Apple silicon it runs through MLX, by memory rules that are not known here</source>
        <translation>在 Apple 芯片上经 MLX 运行，其内存规则此处未知</translation>
    </message>
    <message>
        <source>on Neuron it runs through a plugin with memory rules of its own, which are not known here</source>
        <translation>在 Neuron 上经插件运行，其内存规则此处未知</translation>
    </message>
    <message>
        <source>on TPU it is another program (sglang-jax) with memory rules that are not known here</source>
        <translation>在 TPU 上是另一个程序（sglang-jax），其内存规则此处未知</translation>
    </message>
    <message>
        <source>on TPU it runs through a plugin with memory rules of its own, which are not known here</source>
        <translation>在 TPU 上经插件运行，其内存规则此处未知</translation>
    </message>
    <message>
        <source>on the device unless asked</source>
        <translation>未指定时在设备上</translation>
    </message>
    <message>
        <source>one at a time unless asked</source>
        <translation>未指定时一次一个</translation>
    </message>
    <message>
        <source>one data-parallel rank has nothing to share</source>
        <translation>单个数据并行 rank 没有可分担的</translation>
    </message>
    <message>
        <source>one forward, one backward</source>
        <translation>一前一反</translation>
    </message>
    <message>
        <source>one group shards</source>
        <translation>只有一个分片组</translation>
    </message>
    <message>
        <source>one process of the engine is one replica</source>
        <translation>引擎的一个进程即一份副本</translation>
    </message>
    <message>
        <source>one replica on each device that is left</source>
        <translation>其余每台设备一份副本</translation>
    </message>
    <message>
        <source>only a 4-bit base is prepared</source>
        <translation>只有 4 位基座需要准备</translation>
    </message>
    <message>
        <source>options of this engine are not known by their own names</source>
        <translation>此引擎的选项不以原名识别</translation>
    </message>
    <message>
        <source>packed weights have no gradients: they are trained in the model&apos;s dtype</source>
        <translation>打包权重没有梯度：以模型的 dtype 训练</translation>
    </message>
    <message>
        <source>plain training unless asked</source>
        <translation>未指定时为普通训练</translation>
    </message>
    <message>
        <source>prompts that are kept lie in the pool, and the model has no states beside it</source>
        <translation>保留的提示在缓存池中，模型没有其他状态</translation>
    </message>
    <message>
        <source>prompts that the engine keeps lie in the cache it has</source>
        <translation>引擎保留的提示在其现有缓存中</translation>
    </message>
    <message>
        <source>rows are filled with samples</source>
        <translation>各行用样本填满</translation>
    </message>
    <message>
        <source>scales that are quantized themselves are opened on loading</source>
        <translation>本身被量化的缩放在加载时展开</translation>
    </message>
    <message>
        <source>selective checkpointing is by operators</source>
        <translation>选择性重计算按算子进行</translation>
    </message>
    <message>
        <source>several chunks per stage</source>
        <translation>每级多个块</translation>
    </message>
    <message>
        <source>swift: autocast in the format of the weights</source>
        <translation>swift：按权重格式 autocast</translation>
    </message>
    <message>
        <source>swift: reentrant except under plain DDP (4.6)</source>
        <translation>swift：除普通 DDP 外均可重入（4.6）</translation>
    </message>
    <message>
        <source>the checkpoint brings scales for it, which the engine goes by</source>
        <translation>检查点自带缩放，引擎据此处理</translation>
    </message>
    <message>
        <source>the code leaves what is not quantized in its format</source>
        <translation>代码让未量化部分保持原格式</translation>
    </message>
    <message>
        <source>the code&apos;s own norm, operator by operator</source>
        <translation>代码自身的归一化，逐算子执行</translation>
    </message>
    <message>
        <source>the collator pads a batch to its longest sample</source>
        <translation>collator 把批次填充到最长样本</translation>
    </message>
    <message>
        <source>the compute format</source>
        <translation>计算格式</translation>
    </message>
    <message>
        <source>the configuration&apos;s dtype</source>
        <translation>配置中的 dtype</translation>
    </message>
    <message>
        <source>the engine captures no graphs</source>
        <translation>引擎不捕获计算图</translation>
    </message>
    <message>
        <source>the engine claims nothing up front</source>
        <translation>引擎不预先占用</translation>
    </message>
    <message>
        <source>the engine decides how latent attention is cached</source>
        <translation>由引擎决定潜变量注意力如何缓存</translation>
    </message>
    <message>
        <source>the engine does not split a sequence over ranks</source>
        <translation>引擎不把序列切分到多个 rank</translation>
    </message>
    <message>
        <source>the engine generates only</source>
        <translation>引擎只做生成</translation>
    </message>
    <message>
        <source>the engine has no pool of a size of its own</source>
        <translation>引擎没有单独大小的缓存池</translation>
    </message>
    <message>
        <source>the engine has no speculative decoding</source>
        <translation>引擎没有推测解码</translation>
    </message>
    <message>
        <source>the engine has no such choice</source>
        <translation>引擎没有此选项</translation>
    </message>
    <message>
        <source>the engine keeps a window&apos;s tokens by rules of its own</source>
        <translation>引擎按自己的规则保留窗口内的 token</translation>
    </message>
    <message>
        <source>the engine keeps all experts of a layer together</source>
        <translation>引擎把一层的专家放在一起</translation>
    </message>
    <message>
        <source>the engine keeps its cache on the device</source>
        <translation>引擎把缓存放在设备上</translation>
    </message>
    <message>
        <source>the engine keeps the logits of what it samples</source>
        <translation>引擎保留其采样所需的 logits</translation>
    </message>
    <message>
        <source>the engine patches its trainer, which then does what the engine&apos;s own code does</source>
        <translation>引擎给训练器打补丁，使其行为与引擎代码一致</translation>
    </message>
    <message>
        <source>the engine serves no adapters</source>
        <translation>引擎不部署适配器</translation>
    </message>
    <message>
        <source>the engine sizes nothing for a number of sequences</source>
        <translation>引擎不按序列数确定大小</translation>
    </message>
    <message>
        <source>the engine spreads whole layers over devices by itself</source>
        <translation>引擎自行把完整的层分布到各设备</translation>
    </message>
    <message>
        <source>the engine that was asked for does not do this workload</source>
        <translation>所问引擎不支持此任务</translation>
    </message>
    <message>
        <source>the engine&apos;s defaults</source>
        <translation>引擎的默认值</translation>
    </message>
    <message>
        <source>the engine&apos;s own kernels never hold the scores</source>
        <translation>引擎自己的内核从不保留分数</translation>
    </message>
    <message>
        <source>the format of the gradients</source>
        <translation>梯度的格式</translation>
    </message>
    <message>
        <source>the format of the weights that are not quantized</source>
        <translation>未量化权重的格式</translation>
    </message>
    <message>
        <source>the format of what is trained</source>
        <translation>被训练部分的格式</translation>
    </message>
    <message>
        <source>the format of what the optimizer steps</source>
        <translation>优化器所更新部分的格式</translation>
    </message>
    <message>
        <source>the head takes all tokens at once</source>
        <translation>输出头一次处理所有 token</translation>
    </message>
    <message>
        <source>the head&apos;s unit is needed again at once</source>
        <translation>输出头单元立即又会用到</translation>
    </message>
    <message>
        <source>the kernel that is there</source>
        <translation>现有的内核</translation>
    </message>
    <message>
        <source>the library&apos;s optimizer steps one tensor at a time</source>
        <translation>库的优化器逐个张量更新</translation>
    </message>
    <message>
        <source>the loss is not cut into parts</source>
        <translation>损失不切分</translation>
    </message>
    <message>
        <source>the loss runs operator by operator</source>
        <translation>损失逐算子执行</translation>
    </message>
    <message>
        <source>the loss takes all rows at once</source>
        <translation>损失一次处理所有行</translation>
    </message>
    <message>
        <source>the method&apos;s own constant</source>
        <translation>该方法自身的常数</translation>
    </message>
    <message>
        <source>the micro-batches of a step: training.accumulation</source>
        <translation>一步的微批数：training.accumulation</translation>
    </message>
    <message>
        <source>the model generates</source>
        <translation>模型会生成</translation>
    </message>
    <message>
        <source>the model has no decoder</source>
        <translation>模型没有解码器</translation>
    </message>
    <message>
        <source>the model has no experts</source>
        <translation>模型没有专家</translation>
    </message>
    <message>
        <source>the model has no latent attention</source>
        <translation>模型没有潜变量注意力</translation>
    </message>
    <message>
        <source>the model has no windowed layers</source>
        <translation>模型没有窗口层</translation>
    </message>
    <message>
        <source>the model&apos;s maximum, which the engine takes by itself</source>
        <translation>模型的最大值，引擎默认采用</translation>
    </message>
    <message>
        <source>the recipe compiles the loss with the model</source>
        <translation>配方把损失与模型一起编译</translation>
    </message>
    <message>
        <source>the rules of the newest release that is known</source>
        <translation>已知最新版的规则</translation>
    </message>
    <message>
        <source>the training code brings its own runtime</source>
        <translation>训练代码自带运行时</translation>
    </message>
    <message>
        <source>the training code has one way to compute attention</source>
        <translation>训练代码只有一种注意力实现</translation>
    </message>
    <message>
        <source>the training code&apos;s one way</source>
        <translation>训练代码唯一的方式</translation>
    </message>
    <message>
        <source>the vocabulary is not split</source>
        <translation>词表未切分</translation>
    </message>
    <message>
        <source>the whole model is one unit</source>
        <translation>整个模型是一个单元</translation>
    </message>
    <message>
        <source>there are no pipeline stages</source>
        <translation>没有流水线级</translation>
    </message>
    <message>
        <source>there are no pipeline stages to divide</source>
        <translation>没有可切分的流水线级</translation>
    </message>
    <message>
        <source>there is one replica</source>
        <translation>只有一份副本</translation>
    </message>
    <message>
        <source>this method generates nothing</source>
        <translation>此方法不生成</translation>
    </message>
    <message>
        <source>this release of Transformers calls the model&apos;s layers plainly, so that all they keep is kept</source>
        <translation>此版 Transformers 直接调用模型各层，因此它们保留的一切都会留下</translation>
    </message>
    <message>
        <source>this release of Transformers drops it for the model</source>
        <translation>此版 Transformers 对该模型会忽略它</translation>
    </message>
    <message>
        <source>training codes do not train ggml&apos;s block formats</source>
        <translation>训练代码不训练 ggml 的块格式</translation>
    </message>
    <message>
        <source>training codes train</source>
        <translation>训练代码用于训练</translation>
    </message>
    <message>
        <source>training.attention_implementation says otherwise</source>
        <translation>training.attention_implementation 另有说明</translation>
    </message>
    <message>
        <source>transformers loads fp32 unless a dtype is given (until 4.57), and TRL gives none</source>
        <translation>transformers 在未给 dtype 时加载 fp32（至 4.57），而 TRL 不给</translation>
    </message>
    <message>
        <source>transformers&apos; model classes checkpoint the wrapped layer (until 4.51)</source>
        <translation>transformers 的模型类对包裹后的层设检查点（至 4.51）</translation>
    </message>
    <message>
        <source>transformers&apos; models fill a cache (until 4.57)</source>
        <translation>transformers 的模型会填充缓存（至 4.57）</translation>
    </message>
    <message>
        <source>vLLM&apos;s caches are fp8, nvfp4, fp8_ds_mla, or 8 and 4 bit with a scale per token and head</source>
        <translation>vLLM 的缓存为 fp8、nvfp4、fp8_ds_mla，或每 token 每头一个缩放的 8 位与 4 位</translation>
    </message>
    <message>
        <source>weights are in the format operators run in</source>
        <translation>权重格式与算子运行格式相同</translation>
    </message>
    <message>
        <source>weights are wider than operators run in</source>
        <translation>权重比算子运行格式更宽</translation>
    </message>
    <message>
        <source>weights stay gathered</source>
        <translation>权重保持已收集状态</translation>
    </message>
    <message>
        <source>what GGUF files are for</source>
        <translation>GGUF 文件的用途</translation>
    </message>
    <message>
        <source>what is in no block is the root unit&apos;s</source>
        <translation>不在任何块内的属于根单元</translation>
    </message>
    <message>
        <source>what is meant where nothing is said</source>
        <translation>未说明时的含义</translation>
    </message>
    <message>
        <source>what is trained is kept element by element, not in blocks</source>
        <translation>被训练的内容逐元素保存，不按块</translation>
    </message>
    <message>
        <source>what its encoder takes is not accounted for</source>
        <translation>其编码器的占用未建模</translation>
    </message>
    <message>
        <source>what the engine stands for</source>
        <translation>该引擎所代表的内容</translation>
    </message>
    <message>
        <source>what the engine&apos;s claim leaves</source>
        <translation>引擎占用后剩余的部分</translation>
    </message>
    <message>
        <source>what the model&apos;s processor takes</source>
        <translation>模型处理器所取的值</translation>
    </message>
    <message>
        <source>what the training code runs on</source>
        <translation>训练代码的运行基础</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Adapters</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV 缓存</translation>
    </message>
    <message>
        <source>State cache</source>
        <translation>状态缓存</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>Logits and loss</source>
        <translation>logits 与损失</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Optimizer states</source>
        <translation>优化器状态</translation>
    </message>
    <message>
        <source>Master weights</source>
        <translation>主权重</translation>
    </message>
    <message>
        <source>Communication</source>
        <translation>通信</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>CUDA graphs</source>
        <translation>CUDA Graphs</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>运行时</translation>
    </message>
    <message>
        <source>Fragmentation</source>
        <translation>碎片</translation>
    </message>
    <message>
        <source>Output buffer</source>
        <translation>输出缓冲区</translation>
    </message>
    <message>
        <source>load</source>
        <translation>加载</translation>
    </message>
    <message>
        <source>forward</source>
        <translation>前向</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>backward</source>
        <translation>反向</translation>
    </message>
    <message>
        <source>optimizer step</source>
        <translation>优化器更新</translation>
    </message>
    <message>
        <source>prefill</source>
        <translation>预填充</translation>
    </message>
    <message>
        <source>decode</source>
        <translation>解码</translation>
    </message>
    <message>
        <source>generation</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>every device</source>
        <translation>每台设备</translation>
    </message>
    <message>
        <source>device %1</source>
        <translation>设备 %1</translation>
    </message>
    <message>
        <source>stage %1</source>
        <translation>第 %1 级</translation>
    </message>
    <message>
        <source>first stage</source>
        <translation>第一级</translation>
    </message>
    <message>
        <source>last stage</source>
        <translation>最后一级</translation>
    </message>
    <message>
        <source>middle stages</source>
        <translation>中间各级</translation>
    </message>
    <message>
        <source>later stages</source>
        <translation>后续各级</translation>
    </message>
    <message>
        <source>further ranks</source>
        <translation>其余 rank</translation>
    </message>
    <message>
        <source>one device</source>
        <translation>一台设备</translation>
    </message>
    <message>
        <source>%1 devices</source>
        <translation>%1 台设备</translation>
    </message>
    <message>
        <source>one rank</source>
        <translation>一个 rank</translation>
    </message>
    <message>
        <source>%1 ranks</source>
        <translation>%1 个 rank</translation>
    </message>
    <message>
        <source>unnamed device</source>
        <translation>未命名设备</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>full</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>selective</source>
        <translation>选择性</translation>
    </message>
    <message>
        <source>offloaded</source>
        <translation>卸载</translation>
    </message>
    <message>
        <source>every-nth</source>
        <translation>每 n 层</translation>
    </message>
    <message>
        <source>share of weights</source>
        <translation>按权重占比</translation>
    </message>
    <message>
        <source>bytes / parameter</source>
        <translation>每参数字节数</translation>
    </message>
    <message>
        <source>7 tensors / layer</source>
        <translation>每层 7 个张量</translation>
    </message>
    <message>
        <source>14 tensors / block</source>
        <translation>每块 14 个张量</translation>
    </message>
    <message>
        <source>distributed optimizer</source>
        <translation>分布式优化器</translation>
    </message>
    <message>
        <source>detailed</source>
        <translation>详细</translation>
    </message>
    <message>
        <source>datacenter</source>
        <translation>数据中心</translation>
    </message>
    <message>
        <source>workstation</source>
        <translation>工作站</translation>
    </message>
    <message>
        <source>consumer</source>
        <translation>消费级</translation>
    </message>
    <message>
        <source>laptop</source>
        <translation>笔记本</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>所问</translation>
    </message>
    <message>
        <source>user</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>catalogue</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>常数</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>计算得出</translation>
    </message>
    <message>
        <source>assumed</source>
        <translation>假定</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>heads</source>
        <translation>头</translation>
    </message>
    <message>
        <source>sequences</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>copies</source>
        <translation>副本</translation>
    </message>
    <message>
        <source>elements</source>
        <translation>元素</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>B/element</source>
        <translation>B/元素</translation>
    </message>
    <message>
        <source>B/token</source>
        <translation>B/token</translation>
    </message>
    <message>
        <source>B/parameter</source>
        <translation>B/参数</translation>
    </message>
    <message>
        <source>Keep the KV cache in fp8</source>
        <translation>KV 缓存用 fp8</translation>
    </message>
    <message>
        <source>Keep the KV cache in q8_0</source>
        <translation>KV 缓存用 q8_0</translation>
    </message>
    <message>
        <source>a little accuracy on long contexts</source>
        <translation>长上下文下略损精度</translation>
    </message>
    <message>
        <source>hardly any accuracy</source>
        <translation>几乎不损精度</translation>
    </message>
    <message>
        <source>some accuracy</source>
        <translation>损失一些精度</translation>
    </message>
    <message>
        <source>Use a Q8_0 file</source>
        <translation>使用 Q8_0 文件</translation>
    </message>
    <message>
        <source>Use a Q4_K_M file</source>
        <translation>使用 Q4_K_M 文件</translation>
    </message>
    <message>
        <source>Serve fp8 weights</source>
        <translation>部署 fp8 权重</translation>
    </message>
    <message>
        <source>Serve 4-bit weights (AWQ)</source>
        <translation>部署 4 位权重（AWQ）</translation>
    </message>
    <message>
        <source>Load the weights in 8 bit</source>
        <translation>以 8 位加载权重</translation>
    </message>
    <message>
        <source>Load the weights in NF4</source>
        <translation>以 NF4 加载权重</translation>
    </message>
    <message>
        <source>speed, and hardly any accuracy</source>
        <translation>速度，几乎不损精度</translation>
    </message>
    <message>
        <source>speed, and some accuracy</source>
        <translation>速度，并损失一些精度</translation>
    </message>
    <message>
        <source>speed, and a little accuracy</source>
        <translation>速度，并略损精度</translation>
    </message>
    <message>
        <source>Keep the experts in host memory</source>
        <translation>专家放在主机内存</translation>
    </message>
    <message>
        <source>speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Hold half as many sequences at once</source>
        <translation>同时序列数减半</translation>
    </message>
    <message>
        <source>throughput</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>Prefill %1 tokens at a time</source>
        <translation>每次预填充 %1 个 token</translation>
    </message>
    <message>
        <source>a little prefill speed</source>
        <translation>预填充略慢</translation>
    </message>
    <message>
        <source>Capture no CUDA graphs</source>
        <translation>不捕获 CUDA Graphs</translation>
    </message>
    <message>
        <source>speed of decoding</source>
        <translation>解码速度</translation>
    </message>
    <message>
        <source>Recompute activations (full checkpointing)</source>
        <translation>重计算激活（全部检查点）</translation>
    </message>
    <message>
        <source>about a third more compute</source>
        <translation>计算量约增三分之一</translation>
    </message>
    <message>
        <source>Use a fused cross-entropy loss</source>
        <translation>使用融合的交叉熵损失</translation>
    </message>
    <message>
        <source>nothing but a kernel that supports the model</source>
        <translation>只需内核支持该模型</translation>
    </message>
    <message>
        <source>Use flash attention</source>
        <translation>使用 flash attention</translation>
    </message>
    <message>
        <source>nothing but a device that supports it</source>
        <translation>只需设备支持</translation>
    </message>
    <message>
        <source>Halve the micro-batch and accumulate twice as often</source>
        <translation>微批减半、累积次数加倍</translation>
    </message>
    <message>
        <source>a little speed</source>
        <translation>速度略降</translation>
    </message>
    <message>
        <source>Shard weights, gradients and states over the data-parallel devices (ZeRO-3)</source>
        <translation>在数据并行设备间分片权重、梯度和状态（ZeRO-3）</translation>
    </message>
    <message>
        <source>communication</source>
        <translation>通信</translation>
    </message>
    <message>
        <source>Keep the optimizer&apos;s states in host memory</source>
        <translation>优化器状态放在主机内存</translation>
    </message>
    <message>
        <source>speed of the optimizer step</source>
        <translation>优化器更新的速度</translation>
    </message>
    <message>
        <source>Train LoRA adapters instead of all weights</source>
        <translation>训练 LoRA 适配器而非全部权重</translation>
    </message>
    <message>
        <source>what full fine-tuning learns beyond the adapters</source>
        <translation>全参微调在适配器之外所学的内容</translation>
    </message>
    <message>
        <source>Keep the frozen base in NF4 (QLoRA)</source>
        <translation>冻结的基座用 NF4（QLoRA）</translation>
    </message>
    <message>
        <source>Keep the optimizer&apos;s states in 8 bit</source>
        <translation>优化器状态用 8 位</translation>
    </message>
    <message>
        <source>Halve the context to %1</source>
        <translation>上下文减半至 %1</translation>
    </message>
    <message>
        <source>longer texts</source>
        <translation>更长的文本</translation>
    </message>
    <message>
        <source>%1 such devices</source>
        <translation>%1 台此类设备</translation>
    </message>
    <message>
        <source>Use %1 such devices</source>
        <translation>使用 %1 台此类设备</translation>
    </message>
    <message>
        <source>Use %1 such devices, and shard over them (%2)</source>
        <translation>使用 %1 台此类设备并在其间分片（%2）</translation>
    </message>
    <message>
        <source>the devices, and what they tell one another</source>
        <translation>设备以及相互通信</translation>
    </message>
    <message>
        <source>%1, and %2</source>
        <translation>%1，并且 %2</translation>
    </message>
    <message>
        <source>does not run: %1</source>
        <translation>无法运行：%1</translation>
    </message>
    <message>
        <source>would not run: %1</source>
        <translation>无法运行：%1</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>放不下</translation>
    </message>
    <message>
        <source>no capacity is known</source>
        <translation>容量未知</translation>
    </message>
    <message>
        <source>%1 too much on a device</source>
        <translation>单台设备超出 %1</translation>
    </message>
    <message>
        <source>such devices do not work on one copy together</source>
        <translation>此类设备不能共同运行一份副本</translation>
    </message>
    <message>
        <source>takes %1 devices, of which there are %2</source>
        <translation>需要 %1 台设备，只有 %2 台</translation>
    </message>
    <message>
        <source>takes %1 devices in all</source>
        <translation>共需 %1 台设备</translation>
    </message>
    <message>
        <source>its capacity is not known</source>
        <translation>其容量未知</translation>
    </message>
    <message>
        <source>takes more devices than there are</source>
        <translation>需要的设备多于现有</translation>
    </message>
    <message>
        <source>the engine does not split layers over devices</source>
        <translation>引擎不把层切分到多台设备</translation>
    </message>
    <message>
        <source>the engine has no pipeline stages</source>
        <translation>引擎没有流水线级</translation>
    </message>
    <message>
        <source>the engine does not split sequences over devices</source>
        <translation>引擎不把序列切分到多台设备</translation>
    </message>
    <message>
        <source>the engine does not spread experts over devices</source>
        <translation>引擎不把专家分布到多台设备</translation>
    </message>
    <message>
        <source>attention heads are not divided evenly by the tensor-parallel ranks</source>
        <translation>注意力头不能被张量并行 rank 整除</translation>
    </message>
    <message>
        <source>layers are not divided evenly by the pipeline stages</source>
        <translation>层数不能被流水线级数整除</translation>
    </message>
    <message>
        <source>the context is not divided evenly by twice the context-parallel ranks</source>
        <translation>上下文不能被上下文并行 rank 数的两倍整除</translation>
    </message>
    <message>
        <source>experts are not divided evenly by the expert-parallel ranks</source>
        <translation>专家数不能被专家并行 rank 整除</translation>
    </message>
    <message>
        <source>expert-parallel ranks are not taken evenly from the others</source>
        <translation>专家并行 rank 不能从其他 rank 中均分</translation>
    </message>
    <message>
        <source>the sharding is not the engine&apos;s own</source>
        <translation>该分片方式不属于此引擎</translation>
    </message>
    <message>
        <source>one rank has nothing to share</source>
        <translation>单个 rank 没有可分担的</translation>
    </message>
    <message>
        <source>ZeRO-2 and ZeRO-3 do not go with pipeline stages</source>
        <translation>ZeRO-2 和 ZeRO-3 不能与流水线级并用</translation>
    </message>
    <message>
        <source>the step&apos;s sequences are not divided evenly by micro-batch and replicas</source>
        <translation>一步的序列数不能被微批与副本整除</translation>
    </message>
    <message>
        <source>tokens of a step × bandwidth ÷ (bytes of weights + bytes of cache)</source>
        <translation>一步的 token 数 × 带宽 ÷（权重字节 + 缓存字节）</translation>
    </message>
    <message>
        <source>less than %1</source>
        <translation>少于 %1</translation>
    </message>
    <message>
        <source>%1 layers cannot be divided into %2 pipeline stages</source>
        <translation>%1 层无法分成 %2 个流水线级</translation>
    </message>
    <message>
        <source>%1 layers cannot be divided into %2 pipeline stages of %3 chunks each</source>
        <translation>%1 层无法分成 %2 个流水线级、每级 %3 块</translation>
    </message>
    <message>
        <source>%1 does not run on %2: %3</source>
        <translation>%1 无法在 %2 上运行：%3</translation>
    </message>
    <message>
        <source>%1 on %2: %3.</source>
        <translation>%1 在 %2 上：%3。</translation>
    </message>
    <message>
        <source>what %1 takes on devices of %2</source>
        <translation>%1 在 %2 设备上的占用</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is taken as %2, of %3 GB; there is more than one size of it: %4.</source>
        <translation>“%1”按 %2（%3 GB）计算；它有多种容量：%4。</translation>
    </message>
    <message>
        <source>The layout takes %1, more than the %2 that are named; all are taken to be alike.</source>
        <translation>布局需要 %1，多于所列的 %2；全部视为相同设备。</translation>
    </message>
    <message>
        <source>The layout takes %1, more than the %2 that is named; all are taken to be alike.</source>
        <translation>布局需要 %1，多于所列的 %2；全部视为相同设备。</translation>
    </message>
    <message>
        <source>%1 does not run on %2; its step is counted with what %3 keeps.</source>
        <translation>%1 无法在 %2 上运行；其训练步按 %3 所保留的内容计算。</translation>
    </message>
    <message>
        <source>%1 on %2, which no run combines</source>
        <translation>%2 上的 %1，没有运行这样组合</translation>
    </message>
    <message>
        <source>%1 has no %2; it is counted by the rules of %3.</source>
        <translation>%1 没有 %2；按 %3 的规则计算。</translation>
    </message>
    <message>
        <source>%1 sharded by %2, which no run combines</source>
        <translation>%1 由 %2 分片，没有运行这样组合</translation>
    </message>
    <message>
        <source>tensor parallelism</source>
        <translation>张量并行</translation>
    </message>
    <message>
        <source>pipeline stages</source>
        <translation>流水线级</translation>
    </message>
    <message>
        <source>context parallelism</source>
        <translation>上下文并行</translation>
    </message>
    <message>
        <source>expert parallelism</source>
        <translation>专家并行</translation>
    </message>
    <message>
        <source>%1 has no %2; the step is counted as one that has.</source>
        <translation>%1 没有%2；训练步按具备时计算。</translation>
    </message>
    <message>
        <source>%1 with %2, which no run combines</source>
        <translation>%1 与 %2，没有运行这样组合</translation>
    </message>
    <message>
        <source>%1 is not %2&apos;s own sharding; it is counted by the rules of %3.</source>
        <translation>%1 不是 %2 自己的分片方式；按 %3 的规则计算。</translation>
    </message>
    <message>
        <source>%1 shards by itself; as asked, every rank keeps everything here.</source>
        <translation>%1 会自行分片；这里按所问，每个 rank 保留全部。</translation>
    </message>
    <message>
        <source>The steps of %1 are accounted for as those of %2.</source>
        <translation>%1 的训练步按 %2 的计算。</translation>
    </message>
    <message>
        <source>No release that rules depend on is read from “%1”; the newest known rules stand for it.</source>
        <translation>从“%1”读不出规则所依赖的版本；采用已知的最新规则。</translation>
    </message>
    <message>
        <source>what %1&apos;s %2 changes</source>
        <translation>%1 的 %2 所影响的部分</translation>
    </message>
    <message>
        <source>%1 has no option %2.</source>
        <translation>%1 没有选项 %2。</translation>
    </message>
    <message>
        <source>%1 %2 has no option %3: it came with %4.</source>
        <translation>%1 %2 没有选项 %3：它自 %4 起才有。</translation>
    </message>
    <message>
        <source>%1 %2 has no option %3: it ended with %4.</source>
        <translation>%1 %2 没有选项 %3：它止于 %4。</translation>
    </message>
    <message>
        <source>%1 does not change memory.</source>
        <translation>%1 不影响内存。</translation>
    </message>
    <message>
        <source>%1 moves memory and is not counted.</source>
        <translation>%1 影响内存但未计入。</translation>
    </message>
    <message>
        <source>%1 moves the host&apos;s memory and is not counted.</source>
        <translation>%1 影响主机内存但未计入。</translation>
    </message>
    <message>
        <source>%1 is set aside: %2.</source>
        <translation>%1 未采用：%2。</translation>
    </message>
    <message>
        <source>what the vision encoder takes for images</source>
        <translation>视觉编码器处理图像的占用</translation>
    </message>
    <message>
        <source>Figures are calibrated from %1; the difference to the prediction at that run is kept.</source>
        <translation>数值由 %1 校准；保留该次运行与预测之差。</translation>
    </message>
    <message>
        <source>Figures are corrected by %1; the difference to the prediction at that run is kept.</source>
        <translation>数值由 %1 修正；保留该次运行与预测之差。</translation>
    </message>
    <message>
        <source>What is %1 holds for %2 served by %3 and is set aside here.</source>
        <translation>%1 适用于由 %3 部署的 %2，此处未采用。</translation>
    </message>
    <message>
        <source>calibrated from %1</source>
        <translation>由 %1 校准</translation>
    </message>
    <message>
        <source>What a process can allocate on %1 is not on record; it is taken as %2.</source>
        <translation>没有 %1 上进程可分配内存的记录；取为 %2。</translation>
    </message>
    <message>
        <source>%1 shares its memory with the processor; the share a process may use by default is counted, and %2 raises it.</source>
        <translation>%1 与处理器共享内存；按进程默认可用份额计算，%2 可提高它。</translation>
    </message>
    <message>
        <source>what of the model&apos;s description is not known</source>
        <translation>模型描述中未知的部分</translation>
    </message>
    <message>
        <source>Not counted, though memory depends on it: %1</source>
        <translation>未计入，尽管影响内存：%1</translation>
    </message>
    <message>
        <source>Neither the scenario nor the configuration says in which format the weights are; bf16 is assumed.</source>
        <translation>方案与配置都未说明权重格式；假定为 bf16。</translation>
    </message>
    <message>
        <source>The question is beyond what bytes are counted in: sums have met the largest number, and the answer is a lower bound.</source>
        <translation>问题超出字节计数的范围：求和已达最大数，答案是下界。</translation>
    </message>
    <message>
        <source>%1 spreads whole experts over all ranks of tensor and data parallelism, which are %2 here, or over none: there is no group of %3</source>
        <translation>%1 把完整专家分布到全部张量与数据并行 rank（此处 %2 个），或完全不分布：没有 %3 个一组</translation>
    </message>
    <message>
        <source>%1 spreads whole experts over all tensor-parallel ranks, which are %2 here, or over none: there is no group of %3</source>
        <translation>%1 把完整专家分布到全部张量并行 rank（此处 %2 个），或完全不分布：没有 %3 个一组</translation>
    </message>
    <message>
        <source>%1 takes the ranks of whole experts from its tensor-parallel ones, and %2 cannot be divided into groups of %3</source>
        <translation>%1 从张量并行 rank 中取专家的 rank，而 %2 个不能分成每组 %3 个</translation>
    </message>
    <message>
        <source>%1 takes the ranks of whole experts from those of a pipeline stage, and %2 cannot be divided into groups of %3</source>
        <translation>%1 从流水线级的 rank 中取专家的 rank，而 %2 个不能分成每组 %3 个</translation>
    </message>
    <message>
        <source>%1 takes the ranks of whole experts from those of a pipeline stage, and %2 cannot be divided into groups of %3 times the %4 that split each expert</source>
        <translation>%1 从流水线级的 rank 中取专家的 rank，而 %2 个不能分成每组 %3 乘以切分每个专家的 %4 个</translation>
    </message>
    <message>
        <source>%1 takes the ranks of whole experts from its data-parallel ones, and %2 cannot be divided into groups of %3</source>
        <translation>%1 从数据并行 rank 中取专家的 rank，而 %2 个不能分成每组 %3 个</translation>
    </message>
    <message>
        <source>%1 gives every rank as many of a layer&apos;s %2 experts, which %3 ranks cannot have</source>
        <translation>%1 让每个 rank 拥有一层 %2 个专家中同样多的份，%3 个 rank 做不到</translation>
    </message>
    <message>
        <source>%1 divides a layer&apos;s %2 attention heads evenly, which %3 ranks cannot</source>
        <translation>%1 均分一层的 %2 个注意力头，%3 个 rank 做不到</translation>
    </message>
    <message>
        <source>%1 gives every rank as many of a layer&apos;s %2 key and value heads, which %3 ranks cannot have</source>
        <translation>%1 让每个 rank 拥有一层 %2 个 KV 头中同样多的份，%3 个 rank 做不到</translation>
    </message>
    <message>
        <source>%1 divides its %2 tensor-parallel ranks into %3 groups of attention, which does not come out even</source>
        <translation>%1 把 %2 个张量并行 rank 分成 %3 个注意力组，无法整除</translation>
    </message>
    <message>
        <source>This rule of thumb assumes no activation checkpointing; its activations are shown in full.</source>
        <translation>此经验法则不考虑激活重计算；激活按全量显示。</translation>
    </message>
    <message>
        <source>This rule&apos;s KV cache takes the hidden size for keys and values; this model has fewer key and value heads and keeps less.</source>
        <translation>此法则以隐藏维度计算键和值；该模型的 KV 头更少，实际保留更少。</translation>
    </message>
    <message>
        <source>No Ollama version given: the rules of the newest known one (%1, llama-server) apply.</source>
        <translation>未指定 Ollama 版本：采用已知最新版（%1，llama-server）的规则。</translation>
    </message>
    <message>
        <source>Ollama %1 runs %2 with its own engine, whose graph is laid out as llama.cpp&apos;s of the same model with an image encoder&apos;s beside it.</source>
        <translation>Ollama %1 用自己的引擎运行 %2，其计算图与 llama.cpp 的同一模型一致，另加图像编码器的图。</translation>
    </message>
    <message>
        <source>Ollama %1 runs this model with llama.cpp %2.</source>
        <translation>Ollama %1 用 llama.cpp %2 运行此模型。</translation>
    </message>
    <message>
        <source>Ollama gives %1 one request at a time.</source>
        <translation>Ollama 对 %1 一次只处理一个请求。</translation>
    </message>
    <message>
        <source>Before 0.10 Ollama takes %1 requests at once where they fit.</source>
        <translation>0.10 之前 Ollama 在放得下时同时处理 %1 个请求。</translation>
    </message>
    <message>
        <source>Ollama cuts num_ctx to the %1 tokens the model was trained for.</source>
        <translation>Ollama 把 num_ctx 截到模型训练时的 %1 个 token。</translation>
    </message>
    <message>
        <source>Ollama&apos;s log speaks of a compute graph of %1 GiB a device and %2 GiB in all: that is its scheduler&apos;s prediction, by which it places layers; its runner then allocates what is counted here.</source>
        <translation>Ollama 日志称计算图每台 %1 GiB、共 %2 GiB：那是调度器用于放置层的预测；运行器实际分配的是此处所计。</translation>
    </message>
    <message>
        <source>Ollama ignores a quantized cache where flash attention is off; it is counted in f16.</source>
        <translation>关闭 flash attention 时 Ollama 忽略量化缓存；按 f16 计算。</translation>
    </message>
    <message>
        <source>Ollama lowers num_batch to %1: the model takes most of what is free.</source>
        <translation>Ollama 把 num_batch 降到 %1：模型占去大部分空闲内存。</translation>
    </message>
    <message>
        <source>All layers are on one device, as they fit there.</source>
        <translation>所有层放在一台设备上，因为放得下。</translation>
    </message>
    <message>
        <source>The experts of %1 of %2 layers stay on the host by Ollama&apos;s own choice.</source>
        <translation>Ollama 自行选择把 %2 层中 %1 层的专家留在主机。</translation>
    </message>
    <message>
        <source>Ollama offloads %1 of %2 layers by itself; the others stay on the host.</source>
        <translation>Ollama 自行把 %2 层中的 %1 层放到设备；其余留在主机。</translation>
    </message>
    <message>
        <source>Transformers holds a layer&apos;s experts as one parameter, which this quantization does not reach: they take 16 bit in memory however the checkpoint stores them (transformers 5.24, quantizers/base.py). An engine keeps them packed.</source>
        <translation>Transformers 把一层的专家存为一个参数，此量化触及不到：无论检查点如何存储，内存中都是 16 位（transformers 5.24, quantizers/base.py）。推理引擎会保持打包。</translation>
    </message>
    <message>
        <source>the window, the indexer&apos;s keys and the pools that Transformers keeps beside compressed keys</source>
        <translation>Transformers 在压缩键之外保留的窗口、索引器的键与各缓存池</translation>
    </message>
    <message>
        <source>The rules known here are those of Transformers 4.57; they apply to %1 as well.</source>
        <translation>此处已知的是 Transformers 4.57 的规则；也用于 %1。</translation>
    </message>
    <message>
        <source>The rules known here are those of mlx-lm 0.32; they apply to %1 as well.</source>
        <translation>此处已知的是 mlx-lm 0.32 的规则；也用于 %1。</translation>
    </message>
    <message>
        <source>llama.cpp is not known to load &apos;%1&apos;; its buffers are those of a common decoder.</source>
        <translation>不确定 llama.cpp 能否加载“%1”；缓冲区按普通解码器计算。</translation>
    </message>
    <message>
        <source>The compute graph of &apos;%1&apos; is taken as that of a common decoder, so the compute buffer may be off by some per cent.</source>
        <translation>“%1”的计算图按普通解码器处理，计算缓冲区可能有百分之几的偏差。</translation>
    </message>
    <message>
        <source>No llama.cpp version given: the rules of the newest known one (%1) apply.</source>
        <translation>未指定 llama.cpp 版本：采用已知最新版（%1）的规则。</translation>
    </message>
    <message>
        <source>The llama.cpp version &apos;%1&apos; is not recognized; the rules of b11549 (2026-10) are used.</source>
        <translation>无法识别 llama.cpp 版本“%1”；采用 b11549（2026-10）的规则。</translation>
    </message>
    <message>
        <source>The host maps the file from its first to its last host tensor: a file laid out in the library&apos;s own order is assumed. One that llama-quantize wrote is mapped without its output tensor.</source>
        <translation>主机从第一个到最后一个主机张量映射文件：假定文件按库自身的顺序排列。llama-quantize 写出的文件映射时不含输出张量。</translation>
    </message>
    <message>
        <source>llama.cpp refuses a quantized value cache without flash attention</source>
        <translation>没有 flash attention 时 llama.cpp 拒绝量化的值缓存</translation>
    </message>
    <message>
        <source>llama.cpp has no flash attention kernel for this model and cache on this device and switches it off.</source>
        <translation>在此设备上 llama.cpp 没有适用于该模型和缓存的 flash attention 内核，会将其关闭。</translation>
    </message>
    <message>
        <source>With so many sequences at once llama.cpp&apos;s graph takes the attention of layers on the host to the device; it holds that for a missing flash attention kernel and switches flash attention off.</source>
        <translation>同时序列如此之多时，llama.cpp 的计算图会把主机层的注意力移到设备；它误判为缺少 flash attention 内核并将其关闭。</translation>
    </message>
    <message>
        <source>The compute graph of &apos;%1&apos; cannot be replayed here, so its compute buffers are those of a formula and may be off by a factor.</source>
        <translation>“%1”的计算图无法在此重放，计算缓冲区由公式得出，可能相差数倍。</translation>
    </message>
    <message>
        <source>this release of vLLM cannot lay out layers whose pages differ so; counted are longer or padded pages, as later releases have them</source>
        <translation>此版 vLLM 无法安排页大小差异如此之大的层；按后续版本的加长或填充页计算</translation>
    </message>
    <message>
        <source>This release of vLLM refuses prefix caching of a model with such recurrent states.</source>
        <translation>此版 vLLM 拒绝对带此类循环状态的模型启用前缀缓存。</translation>
    </message>
    <message>
        <source>vLLM refuses a max_model_len of %1 for a model made for %2 tokens, unless rope scaling or VLLM_ALLOW_LONG_MAX_MODEL_LEN=1 stretches it</source>
        <translation>对面向 %2 个 token 的模型，vLLM 拒绝 max_model_len 为 %1，除非用 rope scaling 或 VLLM_ALLOW_LONG_MAX_MODEL_LEN=1 扩展</translation>
    </message>
    <message>
        <source>No vLLM version given: the rules of the newest known releases (up to %1) apply.</source>
        <translation>未指定 vLLM 版本：采用已知最新版本（至 %1）的规则。</translation>
    </message>
    <message>
        <source>vLLM %1 is newer than the rules known here (up to %2); those apply.</source>
        <translation>vLLM %1 比此处已知的规则（至 %2）更新；采用已知规则。</translation>
    </message>
    <message>
        <source>SGLang %1 is newer than the rules known here (up to %2); those apply.</source>
        <translation>SGLang %1 比此处已知的规则（至 %2）更新；采用已知规则。</translation>
    </message>
    <message>
        <source>Weights, activations and runtime leave no room for a KV cache at this memory utilization; vLLM refuses to start.</source>
        <translation>在此显存占比下，权重、激活与运行时没有给 KV 缓存留下空间；vLLM 拒绝启动。</translation>
    </message>
    <message>
        <source>The vision encoder&apos;s profile run is estimated from its largest image; figures of real runs differ by up to 2 GiB.</source>
        <translation>视觉编码器的 profile 运行按其最大图像估算；真实运行相差可达 2 GiB。</translation>
    </message>
    <message>
        <source>The encoder of images or sound is counted with its weights alone: what its profile run takes is not known for this class, and the KV cache will be smaller by as much.</source>
        <translation>图像或声音编码器只计其权重：此类模型 profile 运行的占用未知，KV 缓存将相应变小。</translation>
    </message>
    <message>
        <source>The model has no vision tower; images change nothing.</source>
        <translation>模型没有视觉塔；图像不影响结果。</translation>
    </message>
    <message>
        <source>The images of one request take %1 tokens, more than the context holds.</source>
        <translation>一个请求的图像占 %1 个 token，超出上下文。</translation>
    </message>
    <message>
        <source>The images of one request take %1 tokens of the context.</source>
        <translation>一个请求的图像占用上下文中的 %1 个 token。</translation>
    </message>
    <message>
        <source>No SGLang version given: the rules of the newest known release (%1) apply.</source>
        <translation>未指定 SGLang 版本：采用已知最新版（%1）的规则。</translation>
    </message>
    <message>
        <source>The weights leave no room for a KV cache in the static share of the memory; SGLang refuses to start.</source>
        <translation>在静态显存份额中权重没有给 KV 缓存留下空间；SGLang 拒绝启动。</translation>
    </message>
    <message>
        <source>No TensorRT-LLM version given: the rules of the PyTorch backend (%1) apply.</source>
        <translation>未指定 TensorRT-LLM 版本：采用 PyTorch 后端（%1）的规则。</translation>
    </message>
    <message>
        <source>The rules of engines built ahead apply; those of the PyTorch backend hold from 1.0 on.</source>
        <translation>采用预构建引擎的规则；PyTorch 后端的规则自 1.0 起适用。</translation>
    </message>
    <message>
        <source>Weights and the dry run leave no room for a KV cache; TensorRT-LLM refuses to start.</source>
        <translation>权重与试运行没有给 KV 缓存留下空间；TensorRT-LLM 拒绝启动。</translation>
    </message>
    <message>
        <source>mlx-lm loads the text part alone; mlx-vlm and LM Studio load the vision tower as well.</source>
        <translation>mlx-lm 只加载文本部分；mlx-vlm 和 LM Studio 还会加载视觉塔。</translation>
    </message>
    <message>
        <source>mlx-lm has decoders only; it has no class for this model</source>
        <translation>mlx-lm 只有解码器；没有此模型的类</translation>
    </message>
    <message>
        <source>mlx-lm reads MLX&apos;s own quantization, and converts of %1 what it can; the weights are counted as the checkpoint stores them.</source>
        <translation>mlx-lm 读取 MLX 自己的量化，并尽可能转换 %1；权重按检查点的存储计算。</translation>
    </message>
    <message>
        <source>what mlx-lm makes of another tool&apos;s quantization</source>
        <translation>mlx-lm 如何处理其他工具的量化</translation>
    </message>
    <message>
        <source>MLX has no quantized form of a rotating cache: it stops with &quot;not yet implemented&quot;</source>
        <translation>MLX 没有循环缓存的量化形式：会以 &quot;not yet implemented&quot; 停止</translation>
    </message>
    <message>
        <source>The cache is quantized from quantized_kv_start on (5000 tokens unless asked); this context ends before.</source>
        <translation>缓存自 quantized_kv_start 起量化（未指定时 5000 个 token）；此上下文在那之前就结束。</translation>
    </message>
    <message>
        <source>mlx_lm.server keeps up to ten finished prompts&apos; caches as well; the option prompt_cache_size counts them.</source>
        <translation>mlx_lm.server 还会保留最多十个已完成提示的缓存；选项 prompt_cache_size 可将其计入。</translation>
    </message>
    <message>
        <source>The model has no next-token layers of its own, so nothing is counted for the draft.</source>
        <translation>模型没有自己的 next-token 层，因此草稿不计入。</translation>
    </message>
    <message>
        <source>No draft model is named, so nothing is counted for it.</source>
        <translation>未指定草稿模型，因此不计入。</translation>
    </message>
    <message>
        <source>EAGLE without a head drafts with the checkpoint&apos;s own next-token layers.</source>
        <translation>没有头的 EAGLE 用检查点自带的 next-token 层生成草稿。</translation>
    </message>
    <message>
        <source>The EAGLE head is taken as one layer of the model and a projection; name it to count its own tensors.</source>
        <translation>EAGLE 头按模型的一层加一个投影计算；指明它即可计入其自身张量。</translation>
    </message>
    <message>
        <source>No module of the model answers to the adapter targets, so no adapter is counted.</source>
        <translation>模型中没有模块匹配适配器目标，因此未计入适配器。</translation>
    </message>
    <message>
        <source>No module of the model answers to the target &apos;%1&apos;; nothing is counted for it.</source>
        <translation>模型中没有模块匹配目标“%1”；未计入。</translation>
    </message>
    <message>
        <source>Nothing is counted for the target %1, which lies outside the layers.</source>
        <translation>目标 %1 位于各层之外，未计入。</translation>
    </message>
    <message>
        <source>Nothing is counted for %1 of modules_to_save, which is trained whole.</source>
        <translation>modules_to_save 中的 %1 会整体训练，未计入。</translation>
    </message>
    <message>
        <source>what training %1 keeps</source>
        <translation>训练 %1 所保留的内容</translation>
    </message>
    <message>
        <source>the trained copy of %1</source>
        <translation>%1 的训练副本</translation>
    </message>
    <message>
        <source>What recurrent layers keep is counted as the code&apos;s own operators keep it; with the fused kernels of mamba-ssm, causal-conv1d or flash-linear-attention installed it is less.</source>
        <translation>循环层保留的内容按代码自身的算子计算；若安装了 mamba-ssm、causal-conv1d 或 flash-linear-attention 的融合内核则更少。</translation>
    </message>
    <message>
        <source>What recurrent layers keep is counted as their fused kernels keep it; without those (mamba-ssm, causal-conv1d, flash-linear-attention) the code&apos;s plain loops keep several times as much.</source>
        <translation>循环层保留的内容按融合内核计算；没有它们（mamba-ssm、causal-conv1d、flash-linear-attention）时，代码的普通循环会保留数倍之多。</translation>
    </message>
    <message>
        <source>what recurrent layers keep without their kernels</source>
        <translation>循环层在没有专用内核时所保留的内容</translation>
    </message>
    <message>
        <source>what layers keep whose keys and values are shared</source>
        <translation>共享键值的层所保留的内容</translation>
    </message>
    <message>
        <source>The framework &apos;%1&apos; has no profile; it is estimated as a plain PyTorch loop with a wider band.</source>
        <translation>框架“%1”没有对应档案；按普通 PyTorch 循环估算，区间更宽。</translation>
    </message>
    <message>
        <source>the habits of %1</source>
        <translation>%1 的行为习惯</translation>
    </message>
    <message>
        <source>the host&apos;s pinned buffers of an optimizer that is swapped to a drive</source>
        <translation>优化器换出到硬盘时主机的锁页缓冲区</translation>
    </message>
    <message>
        <source>what context-parallel ranks exchange in attention</source>
        <translation>上下文并行 rank 在注意力中交换的数据</translation>
    </message>
    <message>
        <source>what expert-parallel ranks exchange</source>
        <translation>专家并行 rank 交换的数据</translation>
    </message>
    <message>
        <source>Tensor parallelism of %1 does not divide the %2 attention heads; the first rank&apos;s larger share is shown.</source>
        <translation>张量并行 %1 不能整除 %2 个注意力头；显示第一个 rank 的较大份额。</translation>
    </message>
    <message>
        <source>The reference model cannot be &apos;%1&apos; with %2 here; &apos;%3&apos; is estimated.</source>
        <translation>此处参考模型在 %2 下不能为“%1”；按“%3”估算。</translation>
    </message>
    <message>
        <source>transformers 5 holds a layer&apos;s experts as one tensor, which bitsandbytes does not quantize: they are estimated in 16 bit.</source>
        <translation>transformers 5 把一层的专家存为一个张量，bitsandbytes 不会量化它：按 16 位估算。</translation>
    </message>
    <message>
        <source>Whether Liger-Kernel has kernels for this class, and what they keep, is not known here: its fused loss is counted, the class&apos; own operators elsewhere.</source>
        <translation>Liger-Kernel 是否有此类模型的内核、保留什么，此处未知：计入其融合损失，其余按该类自身的算子。</translation>
    </message>
    <message>
        <source>what Liger-Kernel does to this class</source>
        <translation>Liger-Kernel 对此类模型的影响</translation>
    </message>
    <message>
        <source>what adapters of a layer&apos;s fused experts take</source>
        <translation>一层融合专家的适配器所占内存</translation>
    </message>
    <message>
        <source>The model is an encoder; a loss over classes is assumed, not one over the vocabulary.</source>
        <translation>该模型是编码器；假定损失作用于类别，而非词表。</translation>
    </message>
    <message>
        <source>Plain attention is counted as Megatron-Core&apos;s own modules run it, with torch&apos;s softmax; Apex&apos;s fused one keeps a third of the scores.</source>
        <translation>普通注意力按 Megatron-Core 自身模块与 torch 的 softmax 计算；Apex 的融合版只保留三分之一的分数。</translation>
    </message>
    <message>
        <source>attention scores past 4096 tokens, for which Megatron-Core has no fused softmax</source>
        <translation>超过 4096 个 token 的注意力分数，Megatron-Core 没有相应的融合 softmax</translation>
    </message>
    <message>
        <source>Scores are counted as a fused softmax keeps them, which Megatron-Core does not have past 4096 tokens.</source>
        <translation>分数按融合 softmax 计算，而 Megatron-Core 在超过 4096 个 token 时没有它。</translation>
    </message>
    <message>
        <source>what %1 changes</source>
        <translation>%1 所影响的部分</translation>
    </message>
    <message>
        <source>%1 and pipeline stages exclude each other: %2</source>
        <translation>%1 与流水线级互斥：%2</translation>
    </message>
    <message>
        <source>The stages of %1 are runs of whole layers on the devices of one process, which one micro-batch at a time passes: %2.</source>
        <translation>%1 的各级是同一进程各设备上的连续整层，每次通过一个微批：%2。</translation>
    </message>
    <message>
        <source>%1 splits layers over devices of one process, which trains in no distributed mode (accelerate/accelerator.py, verify_device_map)</source>
        <translation>%1 把层分布到同一进程的多台设备，它不以分布式模式训练（accelerate/accelerator.py, verify_device_map）</translation>
    </message>
    <message>
        <source>%1 splits every expert over as many ranks as a layer, %2, unless it is told otherwise, and %3 ranks cannot be divided into groups of %4 times %5; with expert_tensor 1 they can</source>
        <translation>除非另行指定，%1 把每个专家切分到与层相同的 %2 个 rank，而 %3 个 rank 不能分成 %4 乘 %5 的组；expert_tensor 为 1 时可以</translation>
    </message>
    <message>
        <source>%1 data-parallel ranks cannot be divided into %2 copies of a sharded group</source>
        <translation>%1 个数据并行 rank 不能分成 %2 份分片组副本</translation>
    </message>
    <message>
        <source>The one rank that train cannot be divided into groups of %1 that generate</source>
        <translation>训练的 1 个 rank 不能分成每组 %1 个的生成组</translation>
    </message>
    <message>
        <source>The %1 that train cannot be divided into groups of %2 that generate</source>
        <translation>训练的 %1 不能分成每组 %2 个的生成组</translation>
    </message>
    <message>
        <source>%1 is taken for the format of the weights that are trained, as %2; where products alone are in 8 bit, the weights are wider (precision.compute).</source>
        <translation>%1 视为被训练权重的格式，因为 %2；若只有乘积是 8 位，权重会更宽（precision.compute）。</translation>
    </message>
    <message>
        <source>%1 trains no weights that are kept in %2: its fp8 is that of products (precision.compute), and the weights stay in 16 or 32 bit</source>
        <translation>%1 不训练以 %2 保存的权重：其 fp8 只用于乘积（precision.compute），权重仍为 16 或 32 位</translation>
    </message>
    <message>
        <source>%1 weights have no gradients, so they cannot be trained in full; adapters on them can (qlora)</source>
        <translation>%1 权重没有梯度，不能全参训练；可在其上训练适配器（qlora）</translation>
    </message>
    <message>
        <source>%1 keeps no %2 on the host; the step is counted as one that does.</source>
        <translation>%1 不把%2放在主机；训练步按放在主机计算。</translation>
    </message>
    <message>
        <source>%1 keeps no %2 on a drive; the step is counted as one that does.</source>
        <translation>%1 不把%2放在硬盘；训练步按放在硬盘计算。</translation>
    </message>
    <message>
        <source>%1 with %2 on the host, which no run combines</source>
        <translation>%1 与主机上的%2，没有运行这样组合</translation>
    </message>
    <message>
        <source>%1 with %2 on a drive, which no run combines</source>
        <translation>%1 与硬盘上的%2，没有运行这样组合</translation>
    </message>
    <message>
        <source>optimizer states</source>
        <translation>优化器状态</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>activations</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>%1 is a format of routed experts, of which the model has none, so all weights are taken in %2</source>
        <translation>%1 是路由专家的格式，而模型没有路由专家，因此全部权重按 %2 计算</translation>
    </message>
    <message>
        <source>the method %1 has no term for it</source>
        <translation>方法 %1 没有对应的项</translation>
    </message>
    <message>
        <source>no capacity is known that a share could be kept of</source>
        <translation>没有已知的容量可供预留份额</translation>
    </message>
    <message>
        <source>what %1 takes for this model and workload is the same without it</source>
        <translation>对此模型与任务，%1 的占用有无它都一样</translation>
    </message>
    <message>
        <source>%1 changes what is held at other moments alone: the peak is the same without it.</source>
        <translation>%1 只改变其他时刻的占用：峰值有无它都一样。</translation>
    </message>
    <message>
        <source>%1 changes nothing here: %2.</source>
        <translation>%1 在此没有作用：%2。</translation>
    </message>
    <message>
        <source>the model&apos;s assumptions</source>
        <translation>模型的假定</translation>
    </message>
    <message>
        <source>16 bit</source>
        <translation>16 位</translation>
    </message>
    <message>
        <source>16-bit copies of the latent up-projections</source>
        <translation>潜变量上投影的 16 位副本</translation>
    </message>
    <message>
        <source>16-bit rotary part</source>
        <translation>16 位旋转部分</translation>
    </message>
    <message>
        <source>16-bit rotary width</source>
        <translation>16 位旋转宽度</translation>
    </message>
    <message>
        <source>64-bit integers</source>
        <translation>64 位整数</translation>
    </message>
    <message>
        <source>8 bit or a mask</source>
        <translation>8 位或掩码</translation>
    </message>
    <message>
        <source>8-bit part</source>
        <translation>8 位部分</translation>
    </message>
    <message>
        <source>B and C</source>
        <translation>B 与 C</translation>
    </message>
    <message>
        <source>B × x and its convolution</source>
        <translation>B × x 及其卷积</translation>
    </message>
    <message>
        <source>B, C and x of the projection</source>
        <translation>投影的 B、C 与 x</translation>
    </message>
    <message>
        <source>CUDA context and libraries</source>
        <translation>CUDA 上下文与库</translation>
    </message>
    <message>
        <source>DoRA: the adapted weight</source>
        <translation>DoRA：适配后的权重</translation>
    </message>
    <message>
        <source>KV heads</source>
        <translation>KV 头</translation>
    </message>
    <message>
        <source>KV heads of a rank</source>
        <translation>一个 rank 的 KV 头</translation>
    </message>
    <message>
        <source>KV heads, one per rank at least</source>
        <translation>KV 头，每 rank 至少一个</translation>
    </message>
    <message>
        <source>KV rank</source>
        <translation>KV 秩</translation>
    </message>
    <message>
        <source>MLP activations</source>
        <translation>MLP 激活</translation>
    </message>
    <message>
        <source>MLP and mask</source>
        <translation>MLP 与掩码</translation>
    </message>
    <message>
        <source>MLP layers</source>
        <translation>MLP 层</translation>
    </message>
    <message>
        <source>MLP of a rank</source>
        <translation>一个 rank 的 MLP</translation>
    </message>
    <message>
        <source>MLP width</source>
        <translation>MLP 宽度</translation>
    </message>
    <message>
        <source>a block more</source>
        <translation>再多一块</translation>
    </message>
    <message>
        <source>a chunk of logits</source>
        <translation>一块 logits</translation>
    </message>
    <message>
        <source>a chunk of logits in fp32</source>
        <translation>一块 fp32 logits</translation>
    </message>
    <message>
        <source>a device of its own</source>
        <translation>独占设备</translation>
    </message>
    <message>
        <source>a mask of one byte</source>
        <translation>一字节掩码</translation>
    </message>
    <message>
        <source>a multiple</source>
        <translation>倍数</translation>
    </message>
    <message>
        <source>a page holds at least one</source>
        <translation>一页至少容纳一个</translation>
    </message>
    <message>
        <source>a rank has one token</source>
        <translation>一个 rank 一个 token</translation>
    </message>
    <message>
        <source>a share of one is everything</source>
        <translation>份额为一即全部</translation>
    </message>
    <message>
        <source>a tile of logits</source>
        <translation>一片 logits</translation>
    </message>
    <message>
        <source>a view keeps the whole storage alive</source>
        <translation>视图使整块存储保持存活</translation>
    </message>
    <message>
        <source>absorbed latent projections</source>
        <translation>已吸收的潜变量投影</translation>
    </message>
    <message>
        <source>activated gate</source>
        <translation>激活后的门</translation>
    </message>
    <message>
        <source>activation function</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>activations kept for the backward pass</source>
        <translation>为反向保留的激活</translation>
    </message>
    <message>
        <source>adapted columns</source>
        <translation>适配的列</translation>
    </message>
    <message>
        <source>adapter activations</source>
        <translation>适配器激活</translation>
    </message>
    <message>
        <source>adapter of the head</source>
        <translation>输出头的适配器</translation>
    </message>
    <message>
        <source>adapter parameters</source>
        <translation>适配器参数</translation>
    </message>
    <message>
        <source>adapters held</source>
        <translation>保留的适配器</translation>
    </message>
    <message>
        <source>adapters loaded</source>
        <translation>加载的适配器</translation>
    </message>
    <message>
        <source>adapters of a token</source>
        <translation>一个 token 的适配器</translation>
    </message>
    <message>
        <source>adapters: inputs and outputs</source>
        <translation>适配器：输入与输出</translation>
    </message>
    <message>
        <source>added to a row</source>
        <translation>每行附加</translation>
    </message>
    <message>
        <source>after attention and after the MLP</source>
        <translation>注意力之后与 MLP 之后</translation>
    </message>
    <message>
        <source>all in one</source>
        <translation>合为一体</translation>
    </message>
    <message>
        <source>all of it</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>all of them</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>all of them in the compute dtype</source>
        <translation>全部以计算格式</translation>
    </message>
    <message>
        <source>all of them quantized</source>
        <translation>全部量化</translation>
    </message>
    <message>
        <source>all parameters in the compute dtype</source>
        <translation>全部参数以计算格式</translation>
    </message>
    <message>
        <source>all that is kept</source>
        <translation>保留的全部</translation>
    </message>
    <message>
        <source>all the blocks keep</source>
        <translation>所有块保留的内容</translation>
    </message>
    <message>
        <source>allocated at the loss</source>
        <translation>损失处的已分配</translation>
    </message>
    <message>
        <source>allocated at the peak</source>
        <translation>峰值处的已分配</translation>
    </message>
    <message>
        <source>allocated before the loss, without gradients and states</source>
        <translation>损失之前的已分配，不含梯度与状态</translation>
    </message>
    <message>
        <source>along the columns</source>
        <translation>沿列</translation>
    </message>
    <message>
        <source>along the matrix</source>
        <translation>沿矩阵</translation>
    </message>
    <message>
        <source>along the rows</source>
        <translation>沿行</translation>
    </message>
    <message>
        <source>an encoder runs on one at least</source>
        <translation>编码器至少处理一个</translation>
    </message>
    <message>
        <source>an image has one at least</source>
        <translation>一张图像至少一个</translation>
    </message>
    <message>
        <source>answers of a pair</source>
        <translation>一对回答</translation>
    </message>
    <message>
        <source>as given</source>
        <translation>按原样</translation>
    </message>
    <message>
        <source>as predicted</source>
        <translation>按预测</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>至少</translation>
    </message>
    <message>
        <source>at least one</source>
        <translation>至少一个</translation>
    </message>
    <message>
        <source>attention and mask</source>
        <translation>注意力与掩码</translation>
    </message>
    <message>
        <source>attention layers</source>
        <translation>注意力层</translation>
    </message>
    <message>
        <source>attention masks</source>
        <translation>注意力掩码</translation>
    </message>
    <message>
        <source>attention of a rank</source>
        <translation>一个 rank 的注意力</translation>
    </message>
    <message>
        <source>attention output</source>
        <translation>注意力输出</translation>
    </message>
    <message>
        <source>attention output and log-sum-exp</source>
        <translation>注意力输出与 log-sum-exp</translation>
    </message>
    <message>
        <source>attention probabilities</source>
        <translation>注意力概率</translation>
    </message>
    <message>
        <source>attention scores</source>
        <translation>注意力分数</translation>
    </message>
    <message>
        <source>attention scores, quadratic in the tokens</source>
        <translation>注意力分数，随 token 数平方增长</translation>
    </message>
    <message>
        <source>attention width of a rank</source>
        <translation>一个 rank 的注意力宽度</translation>
    </message>
    <message>
        <source>autocast copies</source>
        <translation>autocast 副本</translation>
    </message>
    <message>
        <source>autocast copies of a layer</source>
        <translation>一层的 autocast 副本</translation>
    </message>
    <message>
        <source>autocast copies of weights</source>
        <translation>权重的 autocast 副本</translation>
    </message>
    <message>
        <source>autocast copy of the head</source>
        <translation>输出头的 autocast 副本</translation>
    </message>
    <message>
        <source>average bytes per element</source>
        <translation>每元素平均字节</translation>
    </message>
    <message>
        <source>backward of attention</source>
        <translation>注意力的反向</translation>
    </message>
    <message>
        <source>backward of the MLP</source>
        <translation>MLP 的反向</translation>
    </message>
    <message>
        <source>backward of the experts</source>
        <translation>专家的反向</translation>
    </message>
    <message>
        <source>backward of the mixer</source>
        <translation>混合器的反向</translation>
    </message>
    <message>
        <source>backward starts at the head</source>
        <translation>反向从输出头开始</translation>
    </message>
    <message>
        <source>batched tokens</source>
        <translation>成批 token</translation>
    </message>
    <message>
        <source>batches in flight</source>
        <translation>在途批次</translation>
    </message>
    <message>
        <source>batches padded to their longest sample</source>
        <translation>填充到最长样本的批次</translation>
    </message>
    <message>
        <source>beside embedding and head, and in the adapter</source>
        <translation>在嵌入与输出头之外，以及适配器内</translation>
    </message>
    <message>
        <source>bits of a byte</source>
        <translation>一字节的位</translation>
    </message>
    <message>
        <source>block in recomputation</source>
        <translation>重计算中的块</translation>
    </message>
    <message>
        <source>block scales</source>
        <translation>块缩放</translation>
    </message>
    <message>
        <source>blocks freed after the loss</source>
        <translation>损失后释放的块</translation>
    </message>
    <message>
        <source>blocks of a row</source>
        <translation>一行的块</translation>
    </message>
    <message>
        <source>blocks of all groups</source>
        <translation>所有组的块</translation>
    </message>
    <message>
        <source>blocks of scales</source>
        <translation>缩放块</translation>
    </message>
    <message>
        <source>blocks of the loss</source>
        <translation>损失的块</translation>
    </message>
    <message>
        <source>blocks of the loss beyond the peak</source>
        <translation>超出峰值的损失块</translation>
    </message>
    <message>
        <source>blocks of the loss that are not reused</source>
        <translation>未被复用的损失块</translation>
    </message>
    <message>
        <source>blocks on the device</source>
        <translation>设备上的块</translation>
    </message>
    <message>
        <source>blocks on their way to the host</source>
        <translation>传往主机途中的块</translation>
    </message>
    <message>
        <source>borders of chunks</source>
        <translation>分块边界</translation>
    </message>
    <message>
        <source>both parts</source>
        <translation>两部分</translation>
    </message>
    <message>
        <source>bytes gathered</source>
        <translation>收集的字节</translation>
    </message>
    <message>
        <source>bytes gathered outside the blocks</source>
        <translation>块外收集的字节</translation>
    </message>
    <message>
        <source>bytes handed out</source>
        <translation>已分出的字节</translation>
    </message>
    <message>
        <source>bytes left</source>
        <translation>剩余字节</translation>
    </message>
    <message>
        <source>bytes left to gather</source>
        <translation>待收集的字节</translation>
    </message>
    <message>
        <source>bytes of a block</source>
        <translation>一块的字节</translation>
    </message>
    <message>
        <source>bytes of a chunk in fp32</source>
        <translation>一块 fp32 的字节</translation>
    </message>
    <message>
        <source>bytes of a chunk of fp32 logits</source>
        <translation>一块 fp32 logits 的字节</translation>
    </message>
    <message>
        <source>bytes of a gathered block</source>
        <translation>已收集块的字节</translation>
    </message>
    <message>
        <source>bytes of a group</source>
        <translation>一组的字节</translation>
    </message>
    <message>
        <source>bytes of a hidden state per token</source>
        <translation>每 token 隐藏状态的字节</translation>
    </message>
    <message>
        <source>bytes of a key</source>
        <translation>一个键的字节</translation>
    </message>
    <message>
        <source>bytes of a key and a value</source>
        <translation>一个键与一个值的字节</translation>
    </message>
    <message>
        <source>bytes of a logit</source>
        <translation>一个 logit 的字节</translation>
    </message>
    <message>
        <source>bytes of a mark</source>
        <translation>一个标记的字节</translation>
    </message>
    <message>
        <source>bytes of a page</source>
        <translation>一页的字节</translation>
    </message>
    <message>
        <source>bytes of a row</source>
        <translation>一行的字节</translation>
    </message>
    <message>
        <source>bytes of a scale</source>
        <translation>一个缩放的字节</translation>
    </message>
    <message>
        <source>bytes of a state</source>
        <translation>一个状态的字节</translation>
    </message>
    <message>
        <source>bytes of a step</source>
        <translation>一步的字节</translation>
    </message>
    <message>
        <source>bytes of a token</source>
        <translation>一个 token 的字节</translation>
    </message>
    <message>
        <source>bytes of a value</source>
        <translation>一个值的字节</translation>
    </message>
    <message>
        <source>bytes of all layers</source>
        <translation>所有层的字节</translation>
    </message>
    <message>
        <source>bytes of an entry</source>
        <translation>一个条目的字节</translation>
    </message>
    <message>
        <source>bytes of an index entry</source>
        <translation>一个索引条目的字节</translation>
    </message>
    <message>
        <source>bytes of at most two blocks</source>
        <translation>至多两块的字节</translation>
    </message>
    <message>
        <source>bytes of gathered parameters</source>
        <translation>已收集参数的字节</translation>
    </message>
    <message>
        <source>bytes of its copy</source>
        <translation>其副本的字节</translation>
    </message>
    <message>
        <source>bytes of its own estimate</source>
        <translation>其自身估算的字节</translation>
    </message>
    <message>
        <source>bytes of its share, as served</source>
        <translation>按部署计其份额的字节</translation>
    </message>
    <message>
        <source>bytes of one</source>
        <translation>单个的字节</translation>
    </message>
    <message>
        <source>bytes of routed experts</source>
        <translation>路由专家的字节</translation>
    </message>
    <message>
        <source>bytes of segments beyond the peak</source>
        <translation>超出峰值的段的字节</translation>
    </message>
    <message>
        <source>bytes of the embedding</source>
        <translation>嵌入的字节</translation>
    </message>
    <message>
        <source>bytes of the largest block</source>
        <translation>最大块的字节</translation>
    </message>
    <message>
        <source>bytes of the largest state</source>
        <translation>最大状态的字节</translation>
    </message>
    <message>
        <source>bytes of the states</source>
        <translation>状态的字节</translation>
    </message>
    <message>
        <source>bytes of the states per parameter</source>
        <translation>每参数状态的字节</translation>
    </message>
    <message>
        <source>bytes of the tensors</source>
        <translation>张量的字节</translation>
    </message>
    <message>
        <source>bytes of the weights</source>
        <translation>权重的字节</translation>
    </message>
    <message>
        <source>bytes of two head gradients</source>
        <translation>两份输出头梯度的字节</translation>
    </message>
    <message>
        <source>bytes per cell and layer of the indexer</source>
        <translation>索引器每单元每层的字节</translation>
    </message>
    <message>
        <source>bytes per cell and layer, keys and values</source>
        <translation>每单元每层的字节，键与值</translation>
    </message>
    <message>
        <source>bytes per element</source>
        <translation>每元素字节</translation>
    </message>
    <message>
        <source>bytes per element of the adapters</source>
        <translation>适配器每元素字节</translation>
    </message>
    <message>
        <source>bytes per element of the compute dtype</source>
        <translation>计算格式每元素字节</translation>
    </message>
    <message>
        <source>bytes per element of the reduction</source>
        <translation>规约每元素字节</translation>
    </message>
    <message>
        <source>bytes per element that were counted</source>
        <translation>已计的每元素字节</translation>
    </message>
    <message>
        <source>bytes per element, gradient and its reduction</source>
        <translation>每元素字节，梯度及其规约</translation>
    </message>
    <message>
        <source>bytes per element, scales included</source>
        <translation>每元素字节，含缩放</translation>
    </message>
    <message>
        <source>bytes per gradient</source>
        <translation>每个梯度的字节</translation>
    </message>
    <message>
        <source>bytes per layer</source>
        <translation>每层字节</translation>
    </message>
    <message>
        <source>bytes per logit</source>
        <translation>每个 logit 的字节</translation>
    </message>
    <message>
        <source>bytes per logit more</source>
        <translation>每个 logit 多出的字节</translation>
    </message>
    <message>
        <source>bytes per master weight</source>
        <translation>每个主权重的字节</translation>
    </message>
    <message>
        <source>bytes per parameter</source>
        <translation>每参数字节</translation>
    </message>
    <message>
        <source>bytes per rank</source>
        <translation>每 rank 字节</translation>
    </message>
    <message>
        <source>bytes per score</source>
        <translation>每个分数的字节</translation>
    </message>
    <message>
        <source>bytes per sequence</source>
        <translation>每序列字节</translation>
    </message>
    <message>
        <source>bytes per sequence and layer</source>
        <translation>每序列每层字节</translation>
    </message>
    <message>
        <source>bytes per sequence and layer of a rank</source>
        <translation>一个 rank 每序列每层字节</translation>
    </message>
    <message>
        <source>bytes per state</source>
        <translation>每个状态的字节</translation>
    </message>
    <message>
        <source>bytes per token</source>
        <translation>每 token 字节</translation>
    </message>
    <message>
        <source>bytes per token and layer</source>
        <translation>每 token 每层字节</translation>
    </message>
    <message>
        <source>bytes per token and layer of one of them</source>
        <translation>其中之一每 token 每层字节</translation>
    </message>
    <message>
        <source>bytes per token of all layers</source>
        <translation>所有层每 token 字节</translation>
    </message>
    <message>
        <source>bytes per token of gradients</source>
        <translation>梯度每 token 字节</translation>
    </message>
    <message>
        <source>bytes per token of the largest block</source>
        <translation>最大块每 token 字节</translation>
    </message>
    <message>
        <source>bytes per token of the widest layer</source>
        <translation>最宽层每 token 字节</translation>
    </message>
    <message>
        <source>bytes per weight</source>
        <translation>每个权重的字节</translation>
    </message>
    <message>
        <source>bytes that quantizing saves</source>
        <translation>量化节省的字节</translation>
    </message>
    <message>
        <source>bytes that row and tensor alignment add</source>
        <translation>行与张量对齐增加的字节</translation>
    </message>
    <message>
        <source>bytes that sharding saves</source>
        <translation>分片节省的字节</translation>
    </message>
    <message>
        <source>bytes that whole logits have more</source>
        <translation>完整 logits 多出的字节</translation>
    </message>
    <message>
        <source>bytes used</source>
        <translation>已用字节</translation>
    </message>
    <message>
        <source>cache of one sequence</source>
        <translation>一条序列的缓存</translation>
    </message>
    <message>
        <source>cached blocks</source>
        <translation>缓存的块</translation>
    </message>
    <message>
        <source>cached bytes per hidden unit</source>
        <translation>每隐藏单元缓存字节</translation>
    </message>
    <message>
        <source>cached bytes per logit</source>
        <translation>每个 logit 缓存字节</translation>
    </message>
    <message>
        <source>caches of finished prompts</source>
        <translation>已完成提示的缓存</translation>
    </message>
    <message>
        <source>capped scores</source>
        <translation>截断的分数</translation>
    </message>
    <message>
        <source>captured graphs</source>
        <translation>捕获的计算图</translation>
    </message>
    <message>
        <source>captured graphs, fixed part</source>
        <translation>捕获的计算图，固定部分</translation>
    </message>
    <message>
        <source>cells of a sequence</source>
        <translation>一条序列的单元</translation>
    </message>
    <message>
        <source>cells of a stream</source>
        <translation>一个流的单元</translation>
    </message>
    <message>
        <source>cells of all streams</source>
        <translation>所有流的单元</translation>
    </message>
    <message>
        <source>cells of the window</source>
        <translation>窗口的单元</translation>
    </message>
    <message>
        <source>checkpointed layers</source>
        <translation>设检查点的层</translation>
    </message>
    <message>
        <source>checkpointed layers of all micro-batches</source>
        <translation>所有微批设检查点的层</translation>
    </message>
    <message>
        <source>chosen and rejected</source>
        <translation>选中与拒绝</translation>
    </message>
    <message>
        <source>chosen experts</source>
        <translation>选中的专家</translation>
    </message>
    <message>
        <source>chunk and piece</source>
        <translation>块与片</translation>
    </message>
    <message>
        <source>chunks in flight</source>
        <translation>在途的块</translation>
    </message>
    <message>
        <source>chunks of a group</source>
        <translation>一组的块</translation>
    </message>
    <message>
        <source>chunks of a stage</source>
        <translation>一级的块</translation>
    </message>
    <message>
        <source>chunks of a step</source>
        <translation>一步的块</translation>
    </message>
    <message>
        <source>chunks of all groups</source>
        <translation>所有组的块</translation>
    </message>
    <message>
        <source>chunks of each</source>
        <translation>各自的块</translation>
    </message>
    <message>
        <source>chunks of the other rounds</source>
        <translation>其余轮的块</translation>
    </message>
    <message>
        <source>chunks started</source>
        <translation>已开始的块</translation>
    </message>
    <message>
        <source>collective communication</source>
        <translation>集合通信</translation>
    </message>
    <message>
        <source>columns added once</source>
        <translation>一次性附加的列</translation>
    </message>
    <message>
        <source>columns of a head</source>
        <translation>一个头的列</translation>
    </message>
    <message>
        <source>columns of a rank</source>
        <translation>一个 rank 的列</translation>
    </message>
    <message>
        <source>columns of the identity</source>
        <translation>单位阵的列</translation>
    </message>
    <message>
        <source>columns of tiles</source>
        <translation>瓦片的列</translation>
    </message>
    <message>
        <source>columns, filled up</source>
        <translation>列，补齐</translation>
    </message>
    <message>
        <source>command buffers</source>
        <translation>命令缓冲区</translation>
    </message>
    <message>
        <source>communication buffers</source>
        <translation>通信缓冲区</translation>
    </message>
    <message>
        <source>completions of a round</source>
        <translation>一轮的补全</translation>
    </message>
    <message>
        <source>compressor state</source>
        <translation>压缩器状态</translation>
    </message>
    <message>
        <source>compute buffer</source>
        <translation>计算缓冲区</translation>
    </message>
    <message>
        <source>context parallelism keeps it before and after the exchange</source>
        <translation>上下文并行在交换前后都保留</translation>
    </message>
    <message>
        <source>context-parallel ranks</source>
        <translation>上下文并行 rank</translation>
    </message>
    <message>
        <source>convolution inputs</source>
        <translation>卷积输入</translation>
    </message>
    <message>
        <source>convolution inputs and state</source>
        <translation>卷积输入与状态</translation>
    </message>
    <message>
        <source>convolved channels</source>
        <translation>卷积通道</translation>
    </message>
    <message>
        <source>copied attention output</source>
        <translation>复制的注意力输出</translation>
    </message>
    <message>
        <source>copied input of the last matrix</source>
        <translation>复制的最后矩阵输入</translation>
    </message>
    <message>
        <source>copies of the group that shards</source>
        <translation>分片组的副本</translation>
    </message>
    <message>
        <source>copies of the states along a prompt</source>
        <translation>沿提示的状态副本</translation>
    </message>
    <message>
        <source>corrections and scalars</source>
        <translation>修正与标量</translation>
    </message>
    <message>
        <source>cuBLAS workspace</source>
        <translation>cuBLAS 工作区</translation>
    </message>
    <message>
        <source>data- and context-parallel ranks</source>
        <translation>数据与上下文并行 rank</translation>
    </message>
    <message>
        <source>data-parallel ranks</source>
        <translation>数据并行 rank</translation>
    </message>
    <message>
        <source>decoder buffers: logits</source>
        <translation>解码器缓冲区：logits</translation>
    </message>
    <message>
        <source>decoder buffers: tokens</source>
        <translation>解码器缓冲区：token</translation>
    </message>
    <message>
        <source>dequantized experts of a layer</source>
        <translation>一层反量化的专家</translation>
    </message>
    <message>
        <source>dequantized matrices</source>
        <translation>反量化的矩阵</translation>
    </message>
    <message>
        <source>device context</source>
        <translation>设备上下文</translation>
    </message>
    <message>
        <source>device context and communication buffers</source>
        <translation>设备上下文与通信缓冲区</translation>
    </message>
    <message>
        <source>device context and libraries</source>
        <translation>设备上下文与库</translation>
    </message>
    <message>
        <source>device memory</source>
        <translation>设备内存</translation>
    </message>
    <message>
        <source>device tensors inside the mapped range of the file</source>
        <translation>文件映射范围内的设备张量</translation>
    </message>
    <message>
        <source>devices of one engine</source>
        <translation>一个引擎的设备</translation>
    </message>
    <message>
        <source>devices that experts are spread over</source>
        <translation>分布专家的设备</translation>
    </message>
    <message>
        <source>devices that hold it</source>
        <translation>持有它的设备</translation>
    </message>
    <message>
        <source>devices that share an expert</source>
        <translation>分担一个专家的设备</translation>
    </message>
    <message>
        <source>devices that share it</source>
        <translation>分担它的设备</translation>
    </message>
    <message>
        <source>devices that share the experts</source>
        <translation>分担专家的设备</translation>
    </message>
    <message>
        <source>devices that share them</source>
        <translation>分担它们的设备</translation>
    </message>
    <message>
        <source>draft layer</source>
        <translation>草稿层</translation>
    </message>
    <message>
        <source>draft tokens</source>
        <translation>草稿 token</translation>
    </message>
    <message>
        <source>drafted tokens</source>
        <translation>提议的 token</translation>
    </message>
    <message>
        <source>dropped copies</source>
        <translation>dropout 后的副本</translation>
    </message>
    <message>
        <source>dropped inputs</source>
        <translation>dropout 后的输入</translation>
    </message>
    <message>
        <source>dropped probabilities</source>
        <translation>dropout 后的概率</translation>
    </message>
    <message>
        <source>dt before and after its projection</source>
        <translation>投影前后的 dt</translation>
    </message>
    <message>
        <source>eight bits</source>
        <translation>八位</translation>
    </message>
    <message>
        <source>elements at most</source>
        <translation>至多元素数</translation>
    </message>
    <message>
        <source>elements of Linear weights</source>
        <translation>Linear 权重的元素</translation>
    </message>
    <message>
        <source>elements of a block</source>
        <translation>一块的元素</translation>
    </message>
    <message>
        <source>elements of a bucket</source>
        <translation>一桶的元素</translation>
    </message>
    <message>
        <source>elements of a buffer</source>
        <translation>一个缓冲区的元素</translation>
    </message>
    <message>
        <source>elements of a group</source>
        <translation>一组的元素</translation>
    </message>
    <message>
        <source>elements of a key</source>
        <translation>一个键的元素</translation>
    </message>
    <message>
        <source>elements of a latent key</source>
        <translation>一个潜变量键的元素</translation>
    </message>
    <message>
        <source>elements of a latent value</source>
        <translation>一个潜变量值的元素</translation>
    </message>
    <message>
        <source>elements of a row</source>
        <translation>一行的元素</translation>
    </message>
    <message>
        <source>elements of a scale</source>
        <translation>一个缩放的元素</translation>
    </message>
    <message>
        <source>elements of a state</source>
        <translation>一个状态的元素</translation>
    </message>
    <message>
        <source>elements of a token</source>
        <translation>一个 token 的元素</translation>
    </message>
    <message>
        <source>elements of a value</source>
        <translation>一个值的元素</translation>
    </message>
    <message>
        <source>elements of key and value</source>
        <translation>键与值的元素</translation>
    </message>
    <message>
        <source>elements of one</source>
        <translation>单个的元素</translation>
    </message>
    <message>
        <source>elements of routed experts</source>
        <translation>路由专家的元素</translation>
    </message>
    <message>
        <source>elements of the experts</source>
        <translation>专家的元素</translation>
    </message>
    <message>
        <source>elements of the largest block</source>
        <translation>最大块的元素</translation>
    </message>
    <message>
        <source>elements of the largest gradient</source>
        <translation>最大梯度的元素</translation>
    </message>
    <message>
        <source>elements of the largest matrix</source>
        <translation>最大矩阵的元素</translation>
    </message>
    <message>
        <source>elements of the largest tensor</source>
        <translation>最大张量的元素</translation>
    </message>
    <message>
        <source>elements of the weights</source>
        <translation>权重的元素</translation>
    </message>
    <message>
        <source>elements of the widest value</source>
        <translation>最宽值的元素</translation>
    </message>
    <message>
        <source>elements of tower and projector</source>
        <translation>视觉塔与投影器的元素</translation>
    </message>
    <message>
        <source>elements on the rank</source>
        <translation>该 rank 上的元素</translation>
    </message>
    <message>
        <source>elements on this rank</source>
        <translation>此 rank 上的元素</translation>
    </message>
    <message>
        <source>elements outside the blocks</source>
        <translation>块外的元素</translation>
    </message>
    <message>
        <source>elements per expert</source>
        <translation>每专家元素</translation>
    </message>
    <message>
        <source>elements per token</source>
        <translation>每 token 元素</translation>
    </message>
    <message>
        <source>elements stored in this format</source>
        <translation>以此格式存储的元素</translation>
    </message>
    <message>
        <source>embedding and hidden state</source>
        <translation>嵌入与隐藏状态</translation>
    </message>
    <message>
        <source>embedding elements</source>
        <translation>嵌入的元素</translation>
    </message>
    <message>
        <source>embedding of one token per sequence</source>
        <translation>每序列一个 token 的嵌入</translation>
    </message>
    <message>
        <source>embedding, whole on every rank</source>
        <translation>嵌入，每 rank 完整一份</translation>
    </message>
    <message>
        <source>encoder tokens</source>
        <translation>编码器 token</translation>
    </message>
    <message>
        <source>encoding of an image, beyond the text model&apos;s graph</source>
        <translation>图像编码，超出文本模型计算图的部分</translation>
    </message>
    <message>
        <source>entries of a block</source>
        <translation>一块的条目</translation>
    </message>
    <message>
        <source>every n-th block is checkpointed</source>
        <translation>每 n 块一个检查点</translation>
    </message>
    <message>
        <source>everything else</source>
        <translation>其余一切</translation>
    </message>
    <message>
        <source>exchanged attention output</source>
        <translation>交换的注意力输出</translation>
    </message>
    <message>
        <source>execution context</source>
        <translation>执行上下文</translation>
    </message>
    <message>
        <source>expert activations</source>
        <translation>专家激活</translation>
    </message>
    <message>
        <source>expert tensor-parallel ranks</source>
        <translation>专家张量并行 rank</translation>
    </message>
    <message>
        <source>expert width</source>
        <translation>专家宽度</translation>
    </message>
    <message>
        <source>expert width of a rank</source>
        <translation>一个 rank 的专家宽度</translation>
    </message>
    <message>
        <source>expert-parallel ranks</source>
        <translation>专家并行 rank</translation>
    </message>
    <message>
        <source>experts of a rank</source>
        <translation>一个 rank 的专家</translation>
    </message>
    <message>
        <source>experts of a token</source>
        <translation>一个 token 的专家</translation>
    </message>
    <message>
        <source>experts per token</source>
        <translation>每 token 专家数</translation>
    </message>
    <message>
        <source>filled up</source>
        <translation>补齐</translation>
    </message>
    <message>
        <source>flat partition of the gradients</source>
        <translation>梯度的扁平分区</translation>
    </message>
    <message>
        <source>fp16, with its zero point if any</source>
        <translation>fp16，含零点（若有）</translation>
    </message>
    <message>
        <source>fp32 copy of the last row</source>
        <translation>最后一行的 fp32 副本</translation>
    </message>
    <message>
        <source>fp32 logits, log-softmax and gradient, 4 bytes each</source>
        <translation>fp32 logits、log-softmax 与梯度，各 4 字节</translation>
    </message>
    <message>
        <source>fp32 softmax</source>
        <translation>fp32 softmax</translation>
    </message>
    <message>
        <source>fp32 sums of a token, values and scores</source>
        <translation>一个 token 的 fp32 求和，值与分数</translation>
    </message>
    <message>
        <source>free blocks between them</source>
        <translation>其间的空闲块</translation>
    </message>
    <message>
        <source>free memory lost while loading</source>
        <translation>加载时损失的空闲内存</translation>
    </message>
    <message>
        <source>freed and not reused</source>
        <translation>释放后未复用</translation>
    </message>
    <message>
        <source>fused query projection</source>
        <translation>融合的查询投影</translation>
    </message>
    <message>
        <source>fused width</source>
        <translation>融合宽度</translation>
    </message>
    <message>
        <source>gate and up</source>
        <translation>gate 与 up</translation>
    </message>
    <message>
        <source>gate and up of the experts</source>
        <translation>专家的 gate 与 up</translation>
    </message>
    <message>
        <source>gate, up and product</source>
        <translation>gate、up 与乘积</translation>
    </message>
    <message>
        <source>gate, up and product of one MLP</source>
        <translation>一个 MLP 的 gate、up 与乘积</translation>
    </message>
    <message>
        <source>gated delta net kernels</source>
        <translation>gated delta net 内核</translation>
    </message>
    <message>
        <source>gated output</source>
        <translation>门控输出</translation>
    </message>
    <message>
        <source>gather buffers</source>
        <translation>收集缓冲区</translation>
    </message>
    <message>
        <source>gathered blocks</source>
        <translation>已收集的块</translation>
    </message>
    <message>
        <source>gathered embeddings and head</source>
        <translation>已收集的嵌入与输出头</translation>
    </message>
    <message>
        <source>gathered weights</source>
        <translation>已收集的权重</translation>
    </message>
    <message>
        <source>gradient buckets</source>
        <translation>梯度桶</translation>
    </message>
    <message>
        <source>gradient of the head</source>
        <translation>输出头的梯度</translation>
    </message>
    <message>
        <source>gradient of the logits</source>
        <translation>logits 的梯度</translation>
    </message>
    <message>
        <source>gradients at the end of backward</source>
        <translation>反向结束时的梯度</translation>
    </message>
    <message>
        <source>gradients at the loss</source>
        <translation>损失处的梯度</translation>
    </message>
    <message>
        <source>gradients in flight</source>
        <translation>在途梯度</translation>
    </message>
    <message>
        <source>gradients of a block before and in their reduction</source>
        <translation>一块的梯度，规约前与规约中</translation>
    </message>
    <message>
        <source>gradients of keys and values</source>
        <translation>键与值的梯度</translation>
    </message>
    <message>
        <source>gradients of queries and output</source>
        <translation>查询与输出的梯度</translation>
    </message>
    <message>
        <source>gradients of the inner width</source>
        <translation>内部宽度的梯度</translation>
    </message>
    <message>
        <source>gradients of the logits</source>
        <translation>logits 的梯度</translation>
    </message>
    <message>
        <source>gradients that come after the loss</source>
        <translation>损失之后的梯度</translation>
    </message>
    <message>
        <source>groups of a row</source>
        <translation>一行的组</translation>
    </message>
    <message>
        <source>groups of chunks</source>
        <translation>块的组</translation>
    </message>
    <message>
        <source>groups of the layers</source>
        <translation>层的组</translation>
    </message>
    <message>
        <source>groups, one for each rank</source>
        <translation>组，每 rank 一个</translation>
    </message>
    <message>
        <source>half of what is free</source>
        <translation>空闲的一半</translation>
    </message>
    <message>
        <source>head and value size</source>
        <translation>头与值的维度</translation>
    </message>
    <message>
        <source>head elements</source>
        <translation>输出头的元素</translation>
    </message>
    <message>
        <source>head gradient of the chunked loss</source>
        <translation>分块损失的输出头梯度</translation>
    </message>
    <message>
        <source>head size</source>
        <translation>头维度</translation>
    </message>
    <message>
        <source>head size without position</source>
        <translation>不含位置的头维度</translation>
    </message>
    <message>
        <source>heads and their size</source>
        <translation>头及其维度</translation>
    </message>
    <message>
        <source>heads of a rank</source>
        <translation>一个 rank 的头</translation>
    </message>
    <message>
        <source>heads of keys and values</source>
        <translation>键与值的头</translation>
    </message>
    <message>
        <source>heads of keys and values of a rank</source>
        <translation>一个 rank 的键与值的头</translation>
    </message>
    <message>
        <source>heads of queries, keys and values</source>
        <translation>查询、键与值的头</translation>
    </message>
    <message>
        <source>heads or halves of the matrix</source>
        <translation>头或矩阵的半边</translation>
    </message>
    <message>
        <source>heads or halves of the part</source>
        <translation>头或该部分的半边</translation>
    </message>
    <message>
        <source>held twice</source>
        <translation>保存两份</translation>
    </message>
    <message>
        <source>hidden of the draft</source>
        <translation>草稿的隐藏维度</translation>
    </message>
    <message>
        <source>hidden size</source>
        <translation>隐藏维度</translation>
    </message>
    <message>
        <source>hidden state and residual</source>
        <translation>隐藏状态与残差</translation>
    </message>
    <message>
        <source>hidden state received from the stage before</source>
        <translation>从上一级收到的隐藏状态</translation>
    </message>
    <message>
        <source>hidden states</source>
        <translation>隐藏状态</translation>
    </message>
    <message>
        <source>hidden states of one layer</source>
        <translation>一层的隐藏状态</translation>
    </message>
    <message>
        <source>image embeddings kept for the forward pass</source>
        <translation>为前向保留的图像嵌入</translation>
    </message>
    <message>
        <source>image size</source>
        <translation>图像大小</translation>
    </message>
    <message>
        <source>image tokens</source>
        <translation>图像 token</translation>
    </message>
    <message>
        <source>images asked for</source>
        <translation>所问的图像数</translation>
    </message>
    <message>
        <source>images in the batched tokens</source>
        <translation>成批 token 中的图像</translation>
    </message>
    <message>
        <source>images of a request</source>
        <translation>一个请求的图像</translation>
    </message>
    <message>
        <source>in and out</source>
        <translation>进与出</translation>
    </message>
    <message>
        <source>in one</source>
        <translation>合一</translation>
    </message>
    <message>
        <source>index head size</source>
        <translation>索引头维度</translation>
    </message>
    <message>
        <source>inner width</source>
        <translation>内部宽度</translation>
    </message>
    <message>
        <source>input of attention</source>
        <translation>注意力的输入</translation>
    </message>
    <message>
        <source>input of the MLP</source>
        <translation>MLP 的输入</translation>
    </message>
    <message>
        <source>input of the last matrix</source>
        <translation>最后矩阵的输入</translation>
    </message>
    <message>
        <source>input of the mixer</source>
        <translation>混合器的输入</translation>
    </message>
    <message>
        <source>input of the router and shared experts</source>
        <translation>路由与共享专家的输入</translation>
    </message>
    <message>
        <source>inputs and outputs</source>
        <translation>输入与输出</translation>
    </message>
    <message>
        <source>inputs and outputs of all modules</source>
        <translation>所有模块的输入与输出</translation>
    </message>
    <message>
        <source>inputs cast by autocast</source>
        <translation>autocast 转换的输入</translation>
    </message>
    <message>
        <source>inputs cast for the adapters</source>
        <translation>为适配器转换的输入</translation>
    </message>
    <message>
        <source>inputs kept</source>
        <translation>保留的输入</translation>
    </message>
    <message>
        <source>inputs of 4-bit products</source>
        <translation>4 位乘积的输入</translation>
    </message>
    <message>
        <source>inputs of Linear layers</source>
        <translation>Linear 层的输入</translation>
    </message>
    <message>
        <source>inputs of checkpointed blocks</source>
        <translation>设检查点块的输入</translation>
    </message>
    <message>
        <source>inputs of the adapters</source>
        <translation>适配器的输入</translation>
    </message>
    <message>
        <source>inputs, at most what the blocks keep</source>
        <translation>输入，至多为各块保留的量</translation>
    </message>
    <message>
        <source>inside an expert</source>
        <translation>专家内部</translation>
    </message>
    <message>
        <source>intermediate size</source>
        <translation>中间维度</translation>
    </message>
    <message>
        <source>its gradient</source>
        <translation>其梯度</translation>
    </message>
    <message>
        <source>its input and output</source>
        <translation>其输入与输出</translation>
    </message>
    <message>
        <source>its share of the device</source>
        <translation>其设备份额</translation>
    </message>
    <message>
        <source>its share of the device less its weights</source>
        <translation>其设备份额减去权重</translation>
    </message>
    <message>
        <source>its tokens</source>
        <translation>其 token</translation>
    </message>
    <message>
        <source>its weights</source>
        <translation>其权重</translation>
    </message>
    <message>
        <source>kept activations</source>
        <translation>保留的激活</translation>
    </message>
    <message>
        <source>kept by the other blocks</source>
        <translation>其他块保留</translation>
    </message>
    <message>
        <source>kept of a micro-batch</source>
        <translation>一个微批保留</translation>
    </message>
    <message>
        <source>kept per token</source>
        <translation>每 token 保留</translation>
    </message>
    <message>
        <source>kept with checkpointing</source>
        <translation>有重计算时保留</translation>
    </message>
    <message>
        <source>kept without checkpointing beyond what is kept with</source>
        <translation>无重计算比有重计算多保留的部分</translation>
    </message>
    <message>
        <source>kernels outside torch, between nothing and all that was seen</source>
        <translation>torch 之外的内核，介于零与所见最大之间</translation>
    </message>
    <message>
        <source>key and value size</source>
        <translation>键与值的维度</translation>
    </message>
    <message>
        <source>key and value width</source>
        <translation>键与值的宽度</translation>
    </message>
    <message>
        <source>key heads</source>
        <translation>键头</translation>
    </message>
    <message>
        <source>key size</source>
        <translation>键维度</translation>
    </message>
    <message>
        <source>key width</source>
        <translation>键宽度</translation>
    </message>
    <message>
        <source>keys and scores</source>
        <translation>键与分数</translation>
    </message>
    <message>
        <source>keys and values</source>
        <translation>键与值</translation>
    </message>
    <message>
        <source>keys and values inside the window</source>
        <translation>窗口内的键与值</translation>
    </message>
    <message>
        <source>keys and values of an encoded image</source>
        <translation>已编码图像的键与值</translation>
    </message>
    <message>
        <source>keys and values of full-attention layers</source>
        <translation>全注意力层的键与值</translation>
    </message>
    <message>
        <source>keys and values of sliding-window layers</source>
        <translation>滑动窗口层的键与值</translation>
    </message>
    <message>
        <source>keys and values of the chunk</source>
        <translation>该块的键与值</translation>
    </message>
    <message>
        <source>keys and values of the completions</source>
        <translation>补全的键与值</translation>
    </message>
    <message>
        <source>keys and values of the encoder&apos;s output</source>
        <translation>编码器输出的键与值</translation>
    </message>
    <message>
        <source>keys of a row</source>
        <translation>一行的键</translation>
    </message>
    <message>
        <source>keys of all groups</source>
        <translation>所有组的键</translation>
    </message>
    <message>
        <source>keys of the fused projection</source>
        <translation>融合投影的键</translation>
    </message>
    <message>
        <source>keys of the indexer</source>
        <translation>索引器的键</translation>
    </message>
    <message>
        <source>keys of the window</source>
        <translation>窗口的键</translation>
    </message>
    <message>
        <source>keys that stand for several tokens</source>
        <translation>代表多个 token 的键</translation>
    </message>
    <message>
        <source>largest captured batch</source>
        <translation>捕获的最大批</translation>
    </message>
    <message>
        <source>largest moment</source>
        <translation>最大时刻</translation>
    </message>
    <message>
        <source>largest moment of the encoder&apos;s graph, beyond</source>
        <translation>编码器计算图最大时刻的超出部分</translation>
    </message>
    <message>
        <source>largest moment of the planned graph</source>
        <translation>规划计算图的最大时刻</translation>
    </message>
    <message>
        <source>largest rank</source>
        <translation>最大秩</translation>
    </message>
    <message>
        <source>last hidden states</source>
        <translation>最后的隐藏状态</translation>
    </message>
    <message>
        <source>latent and rotary width</source>
        <translation>潜变量与旋转宽度</translation>
    </message>
    <message>
        <source>latent down-projections</source>
        <translation>潜变量下投影</translation>
    </message>
    <message>
        <source>latent keys and values</source>
        <translation>潜变量键与值</translation>
    </message>
    <message>
        <source>latent projections in 16 bit</source>
        <translation>16 位潜变量投影</translation>
    </message>
    <message>
        <source>latent queries</source>
        <translation>潜变量查询</translation>
    </message>
    <message>
        <source>latent rank</source>
        <translation>潜变量秩</translation>
    </message>
    <message>
        <source>latent rank and rotary part</source>
        <translation>潜变量秩与旋转部分</translation>
    </message>
    <message>
        <source>latent width</source>
        <translation>潜变量宽度</translation>
    </message>
    <message>
        <source>latent width per token</source>
        <translation>每 token 潜变量宽度</translation>
    </message>
    <message>
        <source>layers in a group</source>
        <translation>一组中的层</translation>
    </message>
    <message>
        <source>layers in flight</source>
        <translation>在途的层</translation>
    </message>
    <message>
        <source>layers of a group</source>
        <translation>一组的层</translation>
    </message>
    <message>
        <source>layers of a group on this rank</source>
        <translation>此 rank 上一组的层</translation>
    </message>
    <message>
        <source>layers of all stages</source>
        <translation>所有级的层</translation>
    </message>
    <message>
        <source>layers of the draft</source>
        <translation>草稿的层</translation>
    </message>
    <message>
        <source>layers of the model</source>
        <translation>模型的层</translation>
    </message>
    <message>
        <source>layers of this stage</source>
        <translation>此级的层</translation>
    </message>
    <message>
        <source>layers on the device</source>
        <translation>设备上的层</translation>
    </message>
    <message>
        <source>layers preserved</source>
        <translation>保留的层</translation>
    </message>
    <message>
        <source>layers with such pages in the group with most</source>
        <translation>最多的组中具有此类页的层</translation>
    </message>
    <message>
        <source>library work buffers</source>
        <translation>库的工作缓冲区</translation>
    </message>
    <message>
        <source>live parameters</source>
        <translation>存活参数</translation>
    </message>
    <message>
        <source>live parameters at most</source>
        <translation>至多存活参数</translation>
    </message>
    <message>
        <source>log-softmax in bf16</source>
        <translation>bf16 log-softmax</translation>
    </message>
    <message>
        <source>log-softmax in fp32</source>
        <translation>fp32 log-softmax</translation>
    </message>
    <message>
        <source>log-softmax of all chunks in fp32</source>
        <translation>所有块的 fp32 log-softmax</translation>
    </message>
    <message>
        <source>logits and loss</source>
        <translation>logits 与损失</translation>
    </message>
    <message>
        <source>logits and their fp32 copy</source>
        <translation>logits 及其 fp32 副本</translation>
    </message>
    <message>
        <source>logits in 16 bit</source>
        <translation>16 位 logits</translation>
    </message>
    <message>
        <source>logits in bf16</source>
        <translation>bf16 logits</translation>
    </message>
    <message>
        <source>logits in fp32</source>
        <translation>fp32 logits</translation>
    </message>
    <message>
        <source>logits of a chunk</source>
        <translation>一块的 logits</translation>
    </message>
    <message>
        <source>logits of all chunks in bf16</source>
        <translation>所有块的 bf16 logits</translation>
    </message>
    <message>
        <source>logits of one token per sequence</source>
        <translation>每序列一个 token 的 logits</translation>
    </message>
    <message>
        <source>logits of one token per sequence, next-token context</source>
        <translation>每序列一个 token 的 logits，next-token 上下文</translation>
    </message>
    <message>
        <source>logits of the last token and their fp32 copy</source>
        <translation>最后 token 的 logits 及其 fp32 副本</translation>
    </message>
    <message>
        <source>logits that the class holds</source>
        <translation>模型类保留的 logits</translation>
    </message>
    <message>
        <source>logits, log-softmax and their gradients</source>
        <translation>logits、log-softmax 及其梯度</translation>
    </message>
    <message>
        <source>low-rank adapters</source>
        <translation>低秩适配器</translation>
    </message>
    <message>
        <source>mapped besides</source>
        <translation>另外映射</translation>
    </message>
    <message>
        <source>mask and inputs</source>
        <translation>掩码与输入</translation>
    </message>
    <message>
        <source>master copy of the trained parameters</source>
        <translation>被训练参数的主副本</translation>
    </message>
    <message>
        <source>master copy of the trained weights</source>
        <translation>被训练权重的主副本</translation>
    </message>
    <message>
        <source>matrices of values, in 16 bit in the library&apos;s files</source>
        <translation>值矩阵，库文件中为 16 位</translation>
    </message>
    <message>
        <source>mean and reciprocal deviation</source>
        <translation>均值与偏差倒数</translation>
    </message>
    <message>
        <source>measured less predicted</source>
        <translation>实测减预测</translation>
    </message>
    <message>
        <source>measured less predicted, of one device</source>
        <translation>实测减预测，单台设备</translation>
    </message>
    <message>
        <source>measured share</source>
        <translation>实测份额</translation>
    </message>
    <message>
        <source>micro-batches in flight</source>
        <translation>在途微批</translation>
    </message>
    <message>
        <source>micro-batches in flight, of the layers not checkpointed</source>
        <translation>未设检查点层的在途微批</translation>
    </message>
    <message>
        <source>micro-batches of a step</source>
        <translation>一步的微批</translation>
    </message>
    <message>
        <source>most that was seen</source>
        <translation>所见最大值</translation>
    </message>
    <message>
        <source>newest and rolled back</source>
        <translation>最新与回滚的</translation>
    </message>
    <message>
        <source>newest input</source>
        <translation>最新输入</translation>
    </message>
    <message>
        <source>newest state</source>
        <translation>最新状态</translation>
    </message>
    <message>
        <source>newest token</source>
        <translation>最新 token</translation>
    </message>
    <message>
        <source>newest tokens</source>
        <translation>最新的 token</translation>
    </message>
    <message>
        <source>newest tokens, not quantized yet</source>
        <translation>尚未量化的最新 token</translation>
    </message>
    <message>
        <source>next-token layers of the checkpoint</source>
        <translation>检查点的 next-token 层</translation>
    </message>
    <message>
        <source>no mask</source>
        <translation>无掩码</translation>
    </message>
    <message>
        <source>no micro-batch waits for another here</source>
        <translation>此处没有微批等待其他微批</translation>
    </message>
    <message>
        <source>no more tokens than there are</source>
        <translation>不超过现有 token 数</translation>
    </message>
    <message>
        <source>no rank works on less than one head</source>
        <translation>没有 rank 处理少于一个头</translation>
    </message>
    <message>
        <source>normalised queries and keys, decay and output of the scan</source>
        <translation>归一化的查询与键、衰减及扫描输出</translation>
    </message>
    <message>
        <source>normalised value</source>
        <translation>归一化的值</translation>
    </message>
    <message>
        <source>normalized width</source>
        <translation>归一化宽度</translation>
    </message>
    <message>
        <source>norms: inputs and statistics</source>
        <translation>归一化：输入与统计量</translation>
    </message>
    <message>
        <source>nothing of it is recomputed</source>
        <translation>不重算其中任何部分</translation>
    </message>
    <message>
        <source>of a split vocabulary</source>
        <translation>切分词表的</translation>
    </message>
    <message>
        <source>of one layer</source>
        <translation>一层的</translation>
    </message>
    <message>
        <source>of the blocks</source>
        <translation>各块的</translation>
    </message>
    <message>
        <source>of them</source>
        <translation>其中</translation>
    </message>
    <message>
        <source>older tokens</source>
        <translation>较早的 token</translation>
    </message>
    <message>
        <source>once per layer</source>
        <translation>每层一次</translation>
    </message>
    <message>
        <source>once per layer, of each token</source>
        <translation>每层一次，每个 token</translation>
    </message>
    <message>
        <source>one cache for all sequences</source>
        <translation>所有序列共用一个缓存</translation>
    </message>
    <message>
        <source>one chunk in fp32</source>
        <translation>一块 fp32</translation>
    </message>
    <message>
        <source>one chunk is held, as of the chunked loss</source>
        <translation>保留一块，如分块损失</translation>
    </message>
    <message>
        <source>one chunk of logits, in fp32 too, and its gradient</source>
        <translation>一块 logits、其 fp32 及梯度</translation>
    </message>
    <message>
        <source>one expert</source>
        <translation>一个专家</translation>
    </message>
    <message>
        <source>one expert of a rank</source>
        <translation>一个 rank 的一个专家</translation>
    </message>
    <message>
        <source>one expert with input and output</source>
        <translation>一个专家及其输入输出</translation>
    </message>
    <message>
        <source>one gradient at a time</source>
        <translation>一次一个梯度</translation>
    </message>
    <message>
        <source>one gradient per trained parameter</source>
        <translation>每个训练参数一个梯度</translation>
    </message>
    <message>
        <source>one in use and one on its way</source>
        <translation>一个在用，一个在途</translation>
    </message>
    <message>
        <source>one key and one value per head</source>
        <translation>每头一键一值</translation>
    </message>
    <message>
        <source>one of them</source>
        <translation>其中之一</translation>
    </message>
    <message>
        <source>one per distinct rotary embedding</source>
        <translation>每种旋转嵌入一个</translation>
    </message>
    <message>
        <source>one value per trained parameter</source>
        <translation>每个训练参数一个值</translation>
    </message>
    <message>
        <source>one-hot mask of the chosen experts</source>
        <translation>选中专家的 one-hot 掩码</translation>
    </message>
    <message>
        <source>other rounds</source>
        <translation>其余轮</translation>
    </message>
    <message>
        <source>output and its norm</source>
        <translation>输出及其归一化</translation>
    </message>
    <message>
        <source>output of gate</source>
        <translation>gate 的输出</translation>
    </message>
    <message>
        <source>output of up</source>
        <translation>up 的输出</translation>
    </message>
    <message>
        <source>outputs of all modules</source>
        <translation>所有模块的输出</translation>
    </message>
    <message>
        <source>outputs of gate and up</source>
        <translation>gate 与 up 的输出</translation>
    </message>
    <message>
        <source>outputs of the A matrices</source>
        <translation>A 矩阵的输出</translation>
    </message>
    <message>
        <source>outputs of the adapted Linears</source>
        <translation>适配 Linear 的输出</translation>
    </message>
    <message>
        <source>outputs of the adapters</source>
        <translation>适配器的输出</translation>
    </message>
    <message>
        <source>outside the blocks in the compute dtype</source>
        <translation>块外以计算格式</translation>
    </message>
    <message>
        <source>outside torch: NCCL, attention and cuBLAS workspaces</source>
        <translation>torch 之外：NCCL、注意力与 cuBLAS 工作区</translation>
    </message>
    <message>
        <source>outside torch: channels to further ranks</source>
        <translation>torch 之外：到其余 rank 的通道</translation>
    </message>
    <message>
        <source>packed weights</source>
        <translation>打包权重</translation>
    </message>
    <message>
        <source>padded attention</source>
        <translation>填充的注意力</translation>
    </message>
    <message>
        <source>pages of a group</source>
        <translation>一组的页</translation>
    </message>
    <message>
        <source>pages of a kind</source>
        <translation>一类的页</translation>
    </message>
    <message>
        <source>pages of a size</source>
        <translation>一种大小的页</translation>
    </message>
    <message>
        <source>pair and magnitudes</source>
        <translation>矩阵对与幅值</translation>
    </message>
    <message>
        <source>pairs of the last blocks</source>
        <translation>最后各块的矩阵对</translation>
    </message>
    <message>
        <source>patch size</source>
        <translation>patch 大小</translation>
    </message>
    <message>
        <source>patches across</source>
        <translation>横向 patch</translation>
    </message>
    <message>
        <source>patches asked for</source>
        <translation>所问的 patch</translation>
    </message>
    <message>
        <source>patches down</source>
        <translation>纵向 patch</translation>
    </message>
    <message>
        <source>patches of a side</source>
        <translation>一边的 patch</translation>
    </message>
    <message>
        <source>patches of a token</source>
        <translation>一个 token 的 patch</translation>
    </message>
    <message>
        <source>pieces before</source>
        <translation>之前的片</translation>
    </message>
    <message>
        <source>pinned buffers of swapped parameters</source>
        <translation>换出参数的锁页缓冲区</translation>
    </message>
    <message>
        <source>plain width</source>
        <translation>普通宽度</translation>
    </message>
    <message>
        <source>positions held</source>
        <translation>保留的位置</translation>
    </message>
    <message>
        <source>prefill step</source>
        <translation>预填充步</translation>
    </message>
    <message>
        <source>prefill: MLP</source>
        <translation>预填充：MLP</translation>
    </message>
    <message>
        <source>prefill: attention</source>
        <translation>预填充：注意力</translation>
    </message>
    <message>
        <source>prefill: logits</source>
        <translation>预填充：logits</translation>
    </message>
    <message>
        <source>probabilities in fp32</source>
        <translation>fp32 概率</translation>
    </message>
    <message>
        <source>product with a matrix</source>
        <translation>与矩阵的乘积</translation>
    </message>
    <message>
        <source>product with chosen experts</source>
        <translation>与选中专家的乘积</translation>
    </message>
    <message>
        <source>projected width</source>
        <translation>投影宽度</translation>
    </message>
    <message>
        <source>projection of embedding and hidden state</source>
        <translation>嵌入与隐藏状态的投影</translation>
    </message>
    <message>
        <source>projections, gates and mixed values</source>
        <translation>投影、门与混合值</translation>
    </message>
    <message>
        <source>prompts kept</source>
        <translation>保留的提示</translation>
    </message>
    <message>
        <source>prompts read together</source>
        <translation>一起读取的提示</translation>
    </message>
    <message>
        <source>quantized keys and values</source>
        <translation>量化的键与值</translation>
    </message>
    <message>
        <source>queries and keys</source>
        <translation>查询与键</translation>
    </message>
    <message>
        <source>queries and output</source>
        <translation>查询与输出</translation>
    </message>
    <message>
        <source>queries kept by attention without flash kernels</source>
        <translation>无 flash 内核的注意力所保留的查询</translation>
    </message>
    <message>
        <source>queries of the fused projection</source>
        <translation>融合投影的查询</translation>
    </message>
    <message>
        <source>queries, keys and values</source>
        <translation>查询、键与值</translation>
    </message>
    <message>
        <source>queries, keys and values before and after the convolution</source>
        <translation>卷积前后的查询、键与值</translation>
    </message>
    <message>
        <source>queries, keys, values and output</source>
        <translation>查询、键、值与输出</translation>
    </message>
    <message>
        <source>queries, keys, values and output of one layer</source>
        <translation>一层的查询、键、值与输出</translation>
    </message>
    <message>
        <source>query heads</source>
        <translation>查询头</translation>
    </message>
    <message>
        <source>query heads of a rank</source>
        <translation>一个 rank 的查询头</translation>
    </message>
    <message>
        <source>query rank</source>
        <translation>查询秩</translation>
    </message>
    <message>
        <source>query rank and hidden</source>
        <translation>查询秩与隐藏维度</translation>
    </message>
    <message>
        <source>query width</source>
        <translation>查询宽度</translation>
    </message>
    <message>
        <source>query, key and value columns</source>
        <translation>查询、键与值的列</translation>
    </message>
    <message>
        <source>rank × (in + out) of every target</source>
        <translation>每个目标的秩 ×（入 + 出）</translation>
    </message>
    <message>
        <source>ranks like this one</source>
        <translation>同类 rank</translation>
    </message>
    <message>
        <source>receive buffers</source>
        <translation>接收缓冲区</translation>
    </message>
    <message>
        <source>reciprocal root of the mean square</source>
        <translation>均方根倒数</translation>
    </message>
    <message>
        <source>recurrent mixers</source>
        <translation>循环混合器</translation>
    </message>
    <message>
        <source>recurrent state</source>
        <translation>循环状态</translation>
    </message>
    <message>
        <source>recurrent states</source>
        <translation>循环状态</translation>
    </message>
    <message>
        <source>recurrent states of every drafted token</source>
        <translation>每个提议 token 的循环状态</translation>
    </message>
    <message>
        <source>reduce bucket</source>
        <translation>规约桶</translation>
    </message>
    <message>
        <source>reduce buffers</source>
        <translation>规约缓冲区</translation>
    </message>
    <message>
        <source>reference model</source>
        <translation>参考模型</translation>
    </message>
    <message>
        <source>remainders of the tensors</source>
        <translation>张量的余量</translation>
    </message>
    <message>
        <source>remainders the allocator cannot split off</source>
        <translation>分配器无法切分的余量</translation>
    </message>
    <message>
        <source>residual and its norm</source>
        <translation>残差及其归一化</translation>
    </message>
    <message>
        <source>residual and normalised hidden states</source>
        <translation>残差与归一化的隐藏状态</translation>
    </message>
    <message>
        <source>residual length</source>
        <translation>残留长度</translation>
    </message>
    <message>
        <source>residual stream</source>
        <translation>残差流</translation>
    </message>
    <message>
        <source>rest of the last step</source>
        <translation>最后一步的余量</translation>
    </message>
    <message>
        <source>results of command buffers sent ahead</source>
        <translation>提前提交的命令缓冲区结果</translation>
    </message>
    <message>
        <source>reward model</source>
        <translation>奖励模型</translation>
    </message>
    <message>
        <source>room after the prompt</source>
        <translation>提示之后的空间</translation>
    </message>
    <message>
        <source>room for the last piece</source>
        <translation>最后一片的空间</translation>
    </message>
    <message>
        <source>room for what is generated</source>
        <translation>生成内容的空间</translation>
    </message>
    <message>
        <source>rotary cache scale</source>
        <translation>旋转缓存缩放</translation>
    </message>
    <message>
        <source>rotary cos and sin tables</source>
        <translation>旋转 cos 与 sin 表</translation>
    </message>
    <message>
        <source>rotary dimension</source>
        <translation>旋转维度</translation>
    </message>
    <message>
        <source>rotary embedding</source>
        <translation>旋转嵌入</translation>
    </message>
    <message>
        <source>rotary part</source>
        <translation>旋转部分</translation>
    </message>
    <message>
        <source>rotary size</source>
        <translation>旋转维度</translation>
    </message>
    <message>
        <source>rotary tables</source>
        <translation>旋转表</translation>
    </message>
    <message>
        <source>rotary width</source>
        <translation>旋转宽度</translation>
    </message>
    <message>
        <source>rotated keys</source>
        <translation>旋转后的键</translation>
    </message>
    <message>
        <source>rotated queries</source>
        <translation>旋转后的查询</translation>
    </message>
    <message>
        <source>routed experts</source>
        <translation>路由专家</translation>
    </message>
    <message>
        <source>router and summed expert output</source>
        <translation>路由与求和的专家输出</translation>
    </message>
    <message>
        <source>router logits</source>
        <translation>路由 logits</translation>
    </message>
    <message>
        <source>rows and columns</source>
        <translation>行与列</translation>
    </message>
    <message>
        <source>rows for tokens an adapter adds</source>
        <translation>适配器新增 token 的行</translation>
    </message>
    <message>
        <source>rows looked up</source>
        <translation>查找的行</translation>
    </message>
    <message>
        <source>rows of a head</source>
        <translation>一个头的行</translation>
    </message>
    <message>
        <source>rows of a multiple</source>
        <translation>倍数的行</translation>
    </message>
    <message>
        <source>rows of a rank</source>
        <translation>一个 rank 的行</translation>
    </message>
    <message>
        <source>rows of all copies</source>
        <translation>所有副本的行</translation>
    </message>
    <message>
        <source>rows of gate or up</source>
        <translation>gate 或 up 的行</translation>
    </message>
    <message>
        <source>rows of its part</source>
        <translation>其部分的行</translation>
    </message>
    <message>
        <source>rows of logits</source>
        <translation>logits 的行</translation>
    </message>
    <message>
        <source>rows of tiles</source>
        <translation>瓦片的行</translation>
    </message>
    <message>
        <source>rows, filled up</source>
        <translation>行，补齐</translation>
    </message>
    <message>
        <source>runtime buffers: logits</source>
        <translation>运行时缓冲区：logits</translation>
    </message>
    <message>
        <source>runtime buffers: tokens</source>
        <translation>运行时缓冲区：token</translation>
    </message>
    <message>
        <source>sampler over full-vocabulary logits</source>
        <translation>全词表 logits 的采样器</translation>
    </message>
    <message>
        <source>scale and bias</source>
        <translation>缩放与偏置</translation>
    </message>
    <message>
        <source>scale and bias of a group</source>
        <translation>一组的缩放与偏置</translation>
    </message>
    <message>
        <source>scale and shift</source>
        <translation>缩放与偏移</translation>
    </message>
    <message>
        <source>scales and shifts of the groups</source>
        <translation>各组的缩放与偏移</translation>
    </message>
    <message>
        <source>scales of the experts as they were loaded</source>
        <translation>加载时专家的缩放</translation>
    </message>
    <message>
        <source>scales of the rows</source>
        <translation>各行的缩放</translation>
    </message>
    <message>
        <source>scales of the scales</source>
        <translation>缩放的缩放</translation>
    </message>
    <message>
        <source>scales of the tiles</source>
        <translation>瓦片的缩放</translation>
    </message>
    <message>
        <source>scores and their cast</source>
        <translation>分数及其转换</translation>
    </message>
    <message>
        <source>scratch of the kernels</source>
        <translation>内核的暂存</translation>
    </message>
    <message>
        <source>second cache</source>
        <translation>第二缓存</translation>
    </message>
    <message>
        <source>second pool of keys and values</source>
        <translation>键与值的第二缓存池</translation>
    </message>
    <message>
        <source>selected hidden states</source>
        <translation>选取的隐藏状态</translation>
    </message>
    <message>
        <source>sequence-parallel ranks</source>
        <translation>序列并行 rank</translation>
    </message>
    <message>
        <source>sequences of a replica</source>
        <translation>一份副本的序列</translation>
    </message>
    <message>
        <source>sequences of one token</source>
        <translation>单 token 序列</translation>
    </message>
    <message>
        <source>sequences of the dry run</source>
        <translation>试运行的序列</translation>
    </message>
    <message>
        <source>shape in the replayed graph</source>
        <translation>重放计算图中的形状</translation>
    </message>
    <message>
        <source>shape with gaps</source>
        <translation>带间隙的形状</translation>
    </message>
    <message>
        <source>shards that 16-bit experts would be as large as</source>
        <translation>相当于 16 位专家大小的分片</translation>
    </message>
    <message>
        <source>share of everything else</source>
        <translation>占其余一切的比例</translation>
    </message>
    <message>
        <source>share of the device</source>
        <translation>设备份额</translation>
    </message>
    <message>
        <source>share of the layers that is checkpointed</source>
        <translation>设检查点层的比例</translation>
    </message>
    <message>
        <source>share of the layers that is not</source>
        <translation>其余层的比例</translation>
    </message>
    <message>
        <source>share of the other ranks</source>
        <translation>其他 rank 的份额</translation>
    </message>
    <message>
        <source>share of the tokens</source>
        <translation>token 的比例</translation>
    </message>
    <message>
        <source>share of the tokens at a time</source>
        <translation>每次 token 的比例</translation>
    </message>
    <message>
        <source>share of the weights</source>
        <translation>占权重的比例</translation>
    </message>
    <message>
        <source>share of what is allocated</source>
        <translation>占已分配的比例</translation>
    </message>
    <message>
        <source>share that lies on other devices</source>
        <translation>位于其他设备的份额</translation>
    </message>
    <message>
        <source>shared cache</source>
        <translation>共享缓存</translation>
    </message>
    <message>
        <source>shared experts</source>
        <translation>共享专家</translation>
    </message>
    <message>
        <source>shared gate and up</source>
        <translation>共享的 gate 与 up</translation>
    </message>
    <message>
        <source>short convolution</source>
        <translation>短卷积</translation>
    </message>
    <message>
        <source>side of a tile</source>
        <translation>瓦片的边</translation>
    </message>
    <message>
        <source>sigmoid of the gate</source>
        <translation>门的 sigmoid</translation>
    </message>
    <message>
        <source>slots for the head</source>
        <translation>输出头的槽位</translation>
    </message>
    <message>
        <source>slots for the token embedding</source>
        <translation>词嵌入的槽位</translation>
    </message>
    <message>
        <source>softmax in fp32</source>
        <translation>fp32 softmax</translation>
    </message>
    <message>
        <source>stages before it</source>
        <translation>之前的级</translation>
    </message>
    <message>
        <source>stages from this one on</source>
        <translation>自此级起</translation>
    </message>
    <message>
        <source>stages like this one</source>
        <translation>同类的级</translation>
    </message>
    <message>
        <source>state elements</source>
        <translation>状态元素</translation>
    </message>
    <message>
        <source>state layers</source>
        <translation>状态层</translation>
    </message>
    <message>
        <source>state parameters</source>
        <translation>状态参数</translation>
    </message>
    <message>
        <source>state scan</source>
        <translation>状态扫描</translation>
    </message>
    <message>
        <source>state size</source>
        <translation>状态维度</translation>
    </message>
    <message>
        <source>state-space heads</source>
        <translation>状态空间头</translation>
    </message>
    <message>
        <source>states at chunk borders</source>
        <translation>分块边界的状态</translation>
    </message>
    <message>
        <source>states kept</source>
        <translation>保留的状态</translation>
    </message>
    <message>
        <source>states of a sequence</source>
        <translation>一条序列的状态</translation>
    </message>
    <message>
        <source>states of all groups</source>
        <translation>所有组的状态</translation>
    </message>
    <message>
        <source>states of all sequences</source>
        <translation>所有序列的状态</translation>
    </message>
    <message>
        <source>states per parameter</source>
        <translation>每参数状态数</translation>
    </message>
    <message>
        <source>stored in the file</source>
        <translation>文件中存储</translation>
    </message>
    <message>
        <source>summed output</source>
        <translation>求和输出</translation>
    </message>
    <message>
        <source>sums of a block</source>
        <translation>一块的求和</translation>
    </message>
    <message>
        <source>tensor-parallel collectives</source>
        <translation>张量并行集合通信</translation>
    </message>
    <message>
        <source>tensor-parallel ranks</source>
        <translation>张量并行 rank</translation>
    </message>
    <message>
        <source>tensors of a stream</source>
        <translation>一个流的张量</translation>
    </message>
    <message>
        <source>tensors of the GGUF file</source>
        <translation>GGUF 文件的张量</translation>
    </message>
    <message>
        <source>tensors of the streams</source>
        <translation>各流的张量</translation>
    </message>
    <message>
        <source>tensors of the widest layer</source>
        <translation>最宽层的张量</translation>
    </message>
    <message>
        <source>tensors per layer</source>
        <translation>每层张量数</translation>
    </message>
    <message>
        <source>terms of the GELU</source>
        <translation>GELU 的各项</translation>
    </message>
    <message>
        <source>the MLP sees all of them</source>
        <translation>MLP 处理全部</translation>
    </message>
    <message>
        <source>the draft model, served by the same engine beside the model</source>
        <translation>草稿模型，由同一引擎与主模型一并部署</translation>
    </message>
    <message>
        <source>the graph that encodes an image</source>
        <translation>编码图像的计算图</translation>
    </message>
    <message>
        <source>the largest block</source>
        <translation>最大块</translation>
    </message>
    <message>
        <source>the largest block, at most</source>
        <translation>至多最大块</translation>
    </message>
    <message>
        <source>the loss itself</source>
        <translation>损失本身</translation>
    </message>
    <message>
        <source>the middle</source>
        <translation>中间</translation>
    </message>
    <message>
        <source>the one that makes it full</source>
        <translation>使其填满的那个</translation>
    </message>
    <message>
        <source>the short convolution</source>
        <translation>短卷积</translation>
    </message>
    <message>
        <source>the split that pads all groups of layers least</source>
        <translation>使各层组填充最少的划分</translation>
    </message>
    <message>
        <source>the window starts inside a block</source>
        <translation>窗口始于块内</translation>
    </message>
    <message>
        <source>their copy in fp32</source>
        <translation>其 fp32 副本</translation>
    </message>
    <message>
        <source>their gradient</source>
        <translation>其梯度</translation>
    </message>
    <message>
        <source>their gradient in 16 bit</source>
        <translation>其 16 位梯度</translation>
    </message>
    <message>
        <source>their shifted copy</source>
        <translation>其移位副本</translation>
    </message>
    <message>
        <source>there is none here</source>
        <translation>此处没有</translation>
    </message>
    <message>
        <source>times as narrow</source>
        <translation>窄多少倍</translation>
    </message>
    <message>
        <source>times its extent</source>
        <translation>乘以其范围</translation>
    </message>
    <message>
        <source>token embedding</source>
        <translation>词嵌入</translation>
    </message>
    <message>
        <source>token embedding once more, as the head</source>
        <translation>词嵌入再一份，作为输出头</translation>
    </message>
    <message>
        <source>token ids</source>
        <translation>token ID</translation>
    </message>
    <message>
        <source>tokens attended</source>
        <translation>参与注意力的 token</translation>
    </message>
    <message>
        <source>tokens beyond</source>
        <translation>超出的 token</translation>
    </message>
    <message>
        <source>tokens beyond the window</source>
        <translation>窗口之外的 token</translation>
    </message>
    <message>
        <source>tokens copied to their experts</source>
        <translation>复制到各专家的 token</translation>
    </message>
    <message>
        <source>tokens held</source>
        <translation>保留的 token</translation>
    </message>
    <message>
        <source>tokens in flight</source>
        <translation>在途 token</translation>
    </message>
    <message>
        <source>tokens in whole blocks</source>
        <translation>整块内的 token</translation>
    </message>
    <message>
        <source>tokens in whole chunks</source>
        <translation>整分块内的 token</translation>
    </message>
    <message>
        <source>tokens it grows by</source>
        <translation>每次增长的 token</translation>
    </message>
    <message>
        <source>tokens kept</source>
        <translation>保留的 token</translation>
    </message>
    <message>
        <source>tokens kept and proposed</source>
        <translation>保留与提议的 token</translation>
    </message>
    <message>
        <source>tokens kept of a window</source>
        <translation>窗口内保留的 token</translation>
    </message>
    <message>
        <source>tokens of a block</source>
        <translation>一块的 token</translation>
    </message>
    <message>
        <source>tokens of a chunk</source>
        <translation>一分块的 token</translation>
    </message>
    <message>
        <source>tokens of a micro-batch</source>
        <translation>一个微批的 token</translation>
    </message>
    <message>
        <source>tokens of a micro-batch on the rank</source>
        <translation>该 rank 上一个微批的 token</translation>
    </message>
    <message>
        <source>tokens of a micro-batch with logits</source>
        <translation>一个微批中有 logits 的 token</translation>
    </message>
    <message>
        <source>tokens of a piece</source>
        <translation>一片的 token</translation>
    </message>
    <message>
        <source>tokens of a rank</source>
        <translation>一个 rank 的 token</translation>
    </message>
    <message>
        <source>tokens of a sequence</source>
        <translation>一条序列的 token</translation>
    </message>
    <message>
        <source>tokens of a sequence with logits</source>
        <translation>一条序列中有 logits 的 token</translation>
    </message>
    <message>
        <source>tokens of a step</source>
        <translation>一步的 token</translation>
    </message>
    <message>
        <source>tokens of all sequences</source>
        <translation>所有序列的 token</translation>
    </message>
    <message>
        <source>tokens of an entry</source>
        <translation>一个条目的 token</translation>
    </message>
    <message>
        <source>tokens of an image</source>
        <translation>一张图像的 token</translation>
    </message>
    <message>
        <source>tokens of whole blocks</source>
        <translation>整块的 token</translation>
    </message>
    <message>
        <source>tokens that hold a state</source>
        <translation>带状态的 token</translation>
    </message>
    <message>
        <source>tokens that wait</source>
        <translation>等待的 token</translation>
    </message>
    <message>
        <source>tokens there is room for</source>
        <translation>可容纳的 token</translation>
    </message>
    <message>
        <source>tower width</source>
        <translation>塔的宽度</translation>
    </message>
    <message>
        <source>trained copy of the embedding</source>
        <translation>嵌入的训练副本</translation>
    </message>
    <message>
        <source>trained copy of the head</source>
        <translation>输出头的训练副本</translation>
    </message>
    <message>
        <source>trained parameters</source>
        <translation>被训练参数</translation>
    </message>
    <message>
        <source>trained parameters of experts</source>
        <translation>专家的被训练参数</translation>
    </message>
    <message>
        <source>twice the intermediate size</source>
        <translation>中间维度的两倍</translation>
    </message>
    <message>
        <source>twice the shared width</source>
        <translation>共享宽度的两倍</translation>
    </message>
    <message>
        <source>two blocks</source>
        <translation>两块</translation>
    </message>
    <message>
        <source>two blocks at a time are copied from the host</source>
        <translation>每次从主机复制两块</translation>
    </message>
    <message>
        <source>two head gradients</source>
        <translation>两份输出头梯度</translation>
    </message>
    <message>
        <source>two matrices in one</source>
        <translation>两矩阵合一</translation>
    </message>
    <message>
        <source>value size</source>
        <translation>值维度</translation>
    </message>
    <message>
        <source>value width</source>
        <translation>值宽度</translation>
    </message>
    <message>
        <source>values of the fused projection</source>
        <translation>融合投影的值</translation>
    </message>
    <message>
        <source>vision encoder</source>
        <translation>视觉编码器</translation>
    </message>
    <message>
        <source>vision projector</source>
        <translation>视觉投影器</translation>
    </message>
    <message>
        <source>vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>vocabulary and hidden</source>
        <translation>词表与隐藏维度</translation>
    </message>
    <message>
        <source>vocabulary of the rank</source>
        <translation>该 rank 的词表</translation>
    </message>
    <message>
        <source>vocabulary-sized buffer</source>
        <translation>词表大小的缓冲区</translation>
    </message>
    <message>
        <source>weights gathered to generate</source>
        <translation>为生成收集的权重</translation>
    </message>
    <message>
        <source>weights in the compute dtype</source>
        <translation>计算格式的权重</translation>
    </message>
    <message>
        <source>weights written out of 4 bits</source>
        <translation>由 4 位展开的权重</translation>
    </message>
    <message>
        <source>what a process holds on the device before its first tensor</source>
        <translation>进程在首个张量之前占用设备的内存</translation>
    </message>
    <message>
        <source>what best fit leaves unused at that moment of the replay (ggml-alloc.c)</source>
        <translation>重放该时刻 best-fit 未用的部分（ggml-alloc.c）</translation>
    </message>
    <message>
        <source>what there is to take away</source>
        <translation>可减去的部分</translation>
    </message>
    <message>
        <source>whole blocks</source>
        <translation>整块</translation>
    </message>
    <message>
        <source>whole model gathered as one unit</source>
        <translation>整个模型作为一个单元收集</translation>
    </message>
    <message>
        <source>whole times they fit</source>
        <translation>能完整容纳的次数</translation>
    </message>
    <message>
        <source>widest attention</source>
        <translation>最宽的注意力</translation>
    </message>
    <message>
        <source>widest part</source>
        <translation>最宽部分</translation>
    </message>
    <message>
        <source>widest product&apos;s scratch, in pages</source>
        <translation>最宽乘积的暂存，以页计</translation>
    </message>
    <message>
        <source>width of a rank</source>
        <translation>一个 rank 的宽度</translation>
    </message>
    <message>
        <source>width of all streams</source>
        <translation>所有流的宽度</translation>
    </message>
    <message>
        <source>width of an expert</source>
        <translation>一个专家的宽度</translation>
    </message>
    <message>
        <source>width of the shared experts</source>
        <translation>共享专家的宽度</translation>
    </message>
    <message>
        <source>width, filled up</source>
        <translation>宽度，补齐</translation>
    </message>
    <message>
        <source>widths of B and C</source>
        <translation>B 与 C 的宽度</translation>
    </message>
    <message>
        <source>window and micro-batch</source>
        <translation>窗口与微批</translation>
    </message>
    <message>
        <source>window and what is computed at once</source>
        <translation>窗口与一次计算的部分</translation>
    </message>
    <message>
        <source>windows that overlap</source>
        <translation>重叠的窗口</translation>
    </message>
    <message>
        <source>windows while the prompt is read</source>
        <translation>读取提示时的窗口</translation>
    </message>
    <message>
        <source>with a full row</source>
        <translation>带整行</translation>
    </message>
    <message>
        <source>with scratch</source>
        <translation>带暂存</translation>
    </message>
    <message>
        <source>x and z</source>
        <translation>x 与 z</translation>
    </message>
    <message>
        <source>x, B and C</source>
        <translation>x、B 与 C</translation>
    </message>
    <message>
        <source>x, B and C after the convolution</source>
        <translation>卷积后的 x、B 与 C</translation>
    </message>
    <message>
        <source>critic&apos;s size over the policy&apos;s</source>
        <translation>critic 与策略的规模比</translation>
    </message>
    <message>
        <source>critic&apos;s parameters</source>
        <translation>critic 的参数</translation>
    </message>
    <message>
        <source>critic&apos;s adapters</source>
        <translation>critic 的适配器</translation>
    </message>
    <message>
        <source>critic&apos;s gradients</source>
        <translation>critic 的梯度</translation>
    </message>
    <message>
        <source>critic&apos;s master copy</source>
        <translation>critic 的主副本</translation>
    </message>
    <message>
        <source>critic&apos;s optimizer states</source>
        <translation>critic 的优化器状态</translation>
    </message>
    <message>
        <source>critic&apos;s activations</source>
        <translation>critic 的激活</translation>
    </message>
    <message>
        <source>critic&apos;s step</source>
        <translation>critic 的更新步</translation>
    </message>
    <message>
        <source>bytes of the policy&apos;s</source>
        <translation>策略的字节</translation>
    </message>
    <message>
        <source>teacher&apos;s logits and the divergence</source>
        <translation>教师的 logits 与散度</translation>
    </message>
    <message>
        <source>bytes of a full sequence&apos;s cache</source>
        <translation>完整序列缓存的字节</translation>
    </message>
    <message>
        <source>the rank&apos;s share</source>
        <translation>该 rank 的份额</translation>
    </message>
    <message>
        <source>rollout engine&apos;s copy of the policy</source>
        <translation>rollout 引擎的策略副本</translation>
    </message>
    <message>
        <source>rollout engine&apos;s pool</source>
        <translation>rollout 引擎的缓存池</translation>
    </message>
    <message>
        <source>rollout engine&apos;s pool, of an unnamed device the completions alone</source>
        <translation>rollout 引擎的缓存池；设备未命名时仅计补全</translation>
    </message>
    <message>
        <source>bytes of the largest layer&apos;s cache</source>
        <translation>最大层缓存的字节</translation>
    </message>
    <message>
        <source>bytes of the largest layer&apos;s copy</source>
        <translation>最大层副本的字节</translation>
    </message>
    <message>
        <source>bytes of the largest layer&apos;s copies</source>
        <translation>最大层各副本的字节</translation>
    </message>
    <message>
        <source>bytes of the indexer&apos;s key</source>
        <translation>索引器键的字节</translation>
    </message>
    <message>
        <source>bytes beyond the file type&apos;s</source>
        <translation>超出文件类型的字节</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <translation>%1；%2</translation>
    </message>
    <message>
        <source>device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>The layout takes %1 of %2; one is idle.</source>
        <translation>布局使用 %1（共 %2）；1 台闲置。</translation>
    </message>
    <message>
        <source>The layout takes %1 of %2; %3 are idle.</source>
        <translation>布局使用 %1（共 %2）；%3 台闲置。</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1。</translation>
    </message>
    <message>
        <source>The accelerator &apos;%1&apos; is not in the catalogue, so there is no capacity to compare with. A size works too (--gpu 24GiB, &quot;memory_bytes&quot; in a file); `headroom-cli gpus` lists what is known.</source>
        <translation>加速器“%1”不在目录中，因此没有可比较的容量。也可以给出大小（--gpu 24GiB，或文件中的 &quot;memory_bytes&quot;）；`headroom-cli gpus` 列出已知设备。</translation>
    </message>
    <message>
        <source>The accelerator &apos;%1&apos; is not in the catalogue, so there is no capacity to compare with. Near: %2. A size works too (--gpu 24GiB, &quot;memory_bytes&quot; in a file); `headroom-cli gpus` lists what is known.</source>
        <translation>加速器“%1”不在目录中，因此没有可比较的容量。相近：%2。也可以给出大小（--gpu 24GiB，或文件中的 &quot;memory_bytes&quot;）；`headroom-cli gpus` 列出已知设备。</translation>
    </message>
    <message>
        <source>An edited copy of %1, its sizes computed from the configuration: %2.</source>
        <translation>%1 的修改副本，大小由配置计算：%2。</translation>
    </message>
    <message>
        <source>DeBERTa&apos;s position projections are not shared in this file; they are not counted.</source>
        <translation>此文件中 DeBERTa 的位置投影未共享；未计入。</translation>
    </message>
    <message>
        <source>The class %1 of %2 is not known; it is counted as %3.</source>
        <translation>%2 的类 %1 未知；按 %3 计算。</translation>
    </message>
    <message>
        <source>The experts of this encoder are not known; its layers are counted as dense ones.</source>
        <translation>此编码器的专家未知；其各层按稠密层计算。</translation>
    </message>
    <message>
        <source>The file holds %1 elements, its description gives %2; figures that follow from layers may be off.</source>
        <translation>文件含 %1 个元素，而其描述给出 %2 个；由层推出的数值可能有偏差。</translation>
    </message>
    <message>
        <source>The file&apos;s own description of %1 is used; the catalogue now has %2.</source>
        <translation>采用文件自身对 %1 的描述；目录现为 %2。</translation>
    </message>
    <message>
        <source>The folder holds an adapter of %1; the model is described without it.</source>
        <translation>文件夹中有 %1 的适配器；模型描述不含它。</translation>
    </message>
    <message>
        <source>The hub was not asked (%1); this is the catalogue&apos;s own description of %2.</source>
        <translation>未查询 Hub（%1）；这是目录对 %2 的描述。</translation>
    </message>
    <message>
        <source>The projector of this vision tower is not known; it is counted as the one of Kimi K2.5.</source>
        <translation>此视觉塔的投影器未知；按 Kimi K2.5 的计算。</translation>
    </message>
    <message>
        <source>The quantization is the one in %1.</source>
        <translation>量化取自 %1。</translation>
    </message>
    <message>
        <source>The talker and what turns its codes into sound (talker_config, token2wav or code2wav) are not counted; serving engines load the thinker alone.</source>
        <translation>talker 及把编码转为声音的部分（talker_config、token2wav 或 code2wav）未计入；推理引擎只加载 thinker。</translation>
    </message>
    <message>
        <source>The vision tower of this file is not known; it is counted as MobileNetV5-300M.</source>
        <translation>此文件的视觉塔未知；按 MobileNetV5-300M 计算。</translation>
    </message>
    <message>
        <source>The vision towers of DeepSeek-OCR are not counted.</source>
        <translation>DeepSeek-OCR 的视觉塔未计入。</translation>
    </message>
    <message>
        <source>What this copy says it was made from cannot be followed.</source>
        <translation>无法追溯此副本所称的来源。</translation>
    </message>
    <message>
        <source>hidden_size is not in the file; the class default %1 is taken.</source>
        <translation>文件中没有 hidden_size；取类的默认值 %1。</translation>
    </message>
    <message>
        <source>model_type %1 is unknown: read as an ordinary decoder with Llama&apos;s layout.</source>
        <translation>model_type %1 未知：按 Llama 结构的普通解码器读取。</translation>
    </message>
    <message>
        <source>model_type %1 of %2 is not known; it is not counted.</source>
        <translation>%2 的 model_type %1 未知；未计入。</translation>
    </message>
    <message>
        <source>params.json leaves vocab_size to the tokenizer; Llama&apos;s 32000 are taken.</source>
        <translation>params.json 把 vocab_size 留给分词器；取 Llama 的 32000。</translation>
    </message>
    <message>
        <source>torch_dtype %1 is not known: bf16 taken.</source>
        <translation>torch_dtype %1 未知：取 bf16。</translation>
    </message>
    <message>
        <source>%1 assumed: %2 (%3).</source>
        <translation>%1 为假定：%2（%3）。</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>%1 differs along its list; its first value is taken.</source>
        <translation>%1 的列表取值不一；取第一个值。</translation>
    </message>
    <message>
        <source>%1 is no class of the type %2 that is known here: it is counted as if it were one.</source>
        <translation>%1 不是此处已知的 %2 类型的类：按是计算。</translation>
    </message>
    <message>
        <source>%1 is not in the file: the modules it sizes are not counted.</source>
        <translation>文件中没有 %1：由它决定大小的模块未计入。</translation>
    </message>
    <message>
        <source>%1 is read by its text part; its vision or audio parts are not counted.</source>
        <translation>%1 只读取文本部分；视觉或音频部分未计入。</translation>
    </message>
    <message>
        <source>%1 is the repository&apos;s own class; it is counted with an output embedding.</source>
        <translation>%1 是仓库自有的类；按带输出嵌入计算。</translation>
    </message>
    <message>
        <source>%1 of params.json is not counted.</source>
        <translation>params.json 中的 %1 未计入。</translation>
    </message>
    <message>
        <source>MLP&apos;s projection</source>
        <translation>MLP 的投影</translation>
    </message>
    <message>
        <source>a rank&apos;s share of them</source>
        <translation>一个 rank 的份额</translation>
    </message>
    <message>
        <source>activation&apos;s input</source>
        <translation>激活函数的输入</translation>
    </message>
    <message>
        <source>adapters&apos; activations</source>
        <translation>适配器的激活</translation>
    </message>
    <message>
        <source>adapters&apos; rank</source>
        <translation>适配器的秩</translation>
    </message>
    <message>
        <source>aligned</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>alignment</source>
        <translation>对齐量</translation>
    </message>
    <message>
        <source>attention&apos;s log-sums</source>
        <translation>注意力的 log-sum</translation>
    </message>
    <message>
        <source>attention&apos;s projection</source>
        <translation>注意力的投影</translation>
    </message>
    <message>
        <source>averages</source>
        <translation>平均值</translation>
    </message>
    <message>
        <source>bits</source>
        <translation>位</translation>
    </message>
    <message>
        <source>blocks</source>
        <translation>块</translation>
    </message>
    <message>
        <source>both</source>
        <translation>两者</translation>
    </message>
    <message>
        <source>buffers</source>
        <translation>缓冲区</translation>
    </message>
    <message>
        <source>buffers of the experts&apos; kernels</source>
        <translation>专家内核的缓冲区</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>bytes beyond the peak that the loss&apos; blocks hold</source>
        <translation>损失的块在峰值之外占用的字节</translation>
    </message>
    <message>
        <source>bytes of the experts&apos; states</source>
        <translation>专家状态的字节</translation>
    </message>
    <message>
        <source>cells</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>chosen experts&apos; intermediate results</source>
        <translation>选中专家的中间结果</translation>
    </message>
    <message>
        <source>chunks before the first backward, of the pipeline</source>
        <translation>流水线首次反向之前的块</translation>
    </message>
    <message>
        <source>code table</source>
        <translation>码表</translation>
    </message>
    <message>
        <source>code table of the scales</source>
        <translation>缩放的码表</translation>
    </message>
    <message>
        <source>code tables</source>
        <translation>码表</translation>
    </message>
    <message>
        <source>codebooks</source>
        <translation>码本</translation>
    </message>
    <message>
        <source>codes</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>communication buffers since 0.17</source>
        <translation>0.17 起的通信缓冲区</translation>
    </message>
    <message>
        <source>context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>copy</source>
        <translation>副本</translation>
    </message>
    <message>
        <source>copy of one layer&apos;s keys and values while the cache grows</source>
        <translation>缓存增长时一层键与值的副本</translation>
    </message>
    <message>
        <source>dense</source>
        <translation>稠密</translation>
    </message>
    <message>
        <source>experts&apos; outputs</source>
        <translation>专家的输出</translation>
    </message>
    <message>
        <source>full attention, %1</source>
        <translation>全注意力，%1</translation>
    </message>
    <message>
        <source>sliding attention, %1</source>
        <translation>滑动注意力，%1</translation>
    </message>
    <message>
        <source>latent attention, %1</source>
        <translation>潜变量注意力，%1</translation>
    </message>
    <message>
        <source>%1, experts %2 of %3</source>
        <translation>%1，专家 %3 选 %2</translation>
    </message>
    <message>
        <source>experts %1 of %2</source>
        <translation>专家 %2 选 %1</translation>
    </message>
    <message>
        <source>gated MLP</source>
        <translation>门控 MLP</translation>
    </message>
    <message>
        <source>MLP</source>
        <translation>MLP</translation>
    </message>
    <message>
        <source>full attention</source>
        <translation>全注意力</translation>
    </message>
    <message>
        <source>sliding attention</source>
        <translation>滑动注意力</translation>
    </message>
    <message>
        <source>latent attention</source>
        <translation>潜变量注意力</translation>
    </message>
    <message>
        <source>gated</source>
        <translation>门控</translation>
    </message>
    <message>
        <source>gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>gradients of the MLP&apos;s width</source>
        <translation>MLP 宽度的梯度</translation>
    </message>
    <message>
        <source>gradients of the experts&apos; width</source>
        <translation>专家宽度的梯度</translation>
    </message>
    <message>
        <source>graphs</source>
        <translation>计算图</translation>
    </message>
    <message>
        <source>group index</source>
        <translation>组索引</translation>
    </message>
    <message>
        <source>head</source>
        <translation>输出头</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>隐藏维度</translation>
    </message>
    <message>
        <source>input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>keys</source>
        <translation>键</translation>
    </message>
    <message>
        <source>last block&apos;s activations</source>
        <translation>最后一块的激活</translation>
    </message>
    <message>
        <source>least</source>
        <translation>最少</translation>
    </message>
    <message>
        <source>log-sum-exp</source>
        <translation>log-sum-exp</translation>
    </message>
    <message>
        <source>logits</source>
        <translation>logits</translation>
    </message>
    <message>
        <source>magnitudes</source>
        <translation>幅值</translation>
    </message>
    <message>
        <source>matrices</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>micro-batch</source>
        <translation>微批</translation>
    </message>
    <message>
        <source>moments</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>multiples</source>
        <translation>倍数</translation>
    </message>
    <message>
        <source>multiprocessors</source>
        <translation>多处理器</translation>
    </message>
    <message>
        <source>non-torch</source>
        <translation>torch 之外</translation>
    </message>
    <message>
        <source>norm&apos;s input</source>
        <translation>归一化的输入</translation>
    </message>
    <message>
        <source>norms</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>offset</source>
        <translation>偏移</translation>
    </message>
    <message>
        <source>one</source>
        <translation>一个</translation>
    </message>
    <message>
        <source>one expert&apos;s tokens</source>
        <translation>一个专家的 token</translation>
    </message>
    <message>
        <source>output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>packed</source>
        <translation>打包</translation>
    </message>
    <message>
        <source>pieces</source>
        <translation>片</translation>
    </message>
    <message>
        <source>positions</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>probabilities</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>programs</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>queries</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>rotated</source>
        <translation>旋转后</translation>
    </message>
    <message>
        <source>router&apos;s probabilities</source>
        <translation>路由的概率</translation>
    </message>
    <message>
        <source>scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>scaled</source>
        <translation>缩放后</translation>
    </message>
    <message>
        <source>scales</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>scales and zero points</source>
        <translation>缩放与零点</translation>
    </message>
    <message>
        <source>scales of the tensor</source>
        <translation>张量的缩放</translation>
    </message>
    <message>
        <source>scratch of the sampler&apos;s programs</source>
        <translation>采样程序的暂存</translation>
    </message>
    <message>
        <source>shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>share beyond the rank&apos;s own rows</source>
        <translation>超出该 rank 自身行的份额</translation>
    </message>
    <message>
        <source>slots</source>
        <translation>槽位</translation>
    </message>
    <message>
        <source>stages %1</source>
        <translation>第 %1 级</translation>
    </message>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>statistic</source>
        <translation>统计量</translation>
    </message>
    <message>
        <source>statistics</source>
        <translation>统计量</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>streams</source>
        <translation>流</translation>
    </message>
    <message>
        <source>sum</source>
        <translation>总和</translation>
    </message>
    <message>
        <source>tables</source>
        <translation>表</translation>
    </message>
    <message>
        <source>teacher</source>
        <translation>教师模型</translation>
    </message>
    <message>
        <source>tensors</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>times</source>
        <translation>次</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>values</source>
        <translation>值</translation>
    </message>
    <message>
        <source>values in the up-projection&apos;s output</source>
        <translation>up 投影输出中的值</translation>
    </message>
    <message>
        <source>values of the module</source>
        <translation>模块的值</translation>
    </message>
    <message>
        <source>width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>width of the experts&apos; input</source>
        <translation>专家输入的宽度</translation>
    </message>
    <message>
        <source>window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>windows</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>workspace</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>zero points</source>
        <translation>零点</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1 (%2, %3)</source>
        <translation>%1（%2，%3）</translation>
    </message>
    <message>
        <source>It is larger than %1 MiB.</source>
        <translation>超过 %1 MiB。</translation>
    </message>
    <message>
        <source>It could not be read to its end.</source>
        <translation>未能读到结尾。</translation>
    </message>
    <message>
        <source>The file cannot be written: %1.</source>
        <translation>无法写入文件：%1。</translation>
    </message>
    <message>
        <source>Nobody reads from this pipe; the file was not written.</source>
        <translation>没有程序从此管道读取；文件未写入。</translation>
    </message>
    <message>
        <source>This is a folder, not a file.</source>
        <translation>这是文件夹，不是文件。</translation>
    </message>
    <message>
        <source>This is a disk or a socket, not a file; it was left alone.</source>
        <translation>这是磁盘或套接字，不是文件；未作更改。</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>没有这个文件。</translation>
    </message>
    <message>
        <source>The file cannot be opened: %1</source>
        <translation>无法打开文件：%1</translation>
    </message>
    <message>
        <source>Nobody writes into this pipe.</source>
        <translation>没有程序写入此管道。</translation>
    </message>
    <message>
        <source>Nothing came out of it for half a minute.</source>
        <translation>半分钟没有任何输出。</translation>
    </message>
    <message>
        <source>The file cannot be read: %1</source>
        <translation>无法读取文件：%1</translation>
    </message>
    <message>
        <source>The JSON nests more than %1 levels deep.</source>
        <translation>JSON 嵌套超过 %1 层。</translation>
    </message>
    <message>
        <source>The JSON has more than %1 values.</source>
        <translation>JSON 的值超过 %1 个。</translation>
    </message>
    <message>
        <source>This is empty; JSON was expected.</source>
        <translation>内容为空；应为 JSON。</translation>
    </message>
    <message>
        <source>This is not text; JSON was expected.</source>
        <translation>不是文本；应为 JSON。</translation>
    </message>
    <message>
        <source>This is not valid JSON: %1</source>
        <translation>不是有效的 JSON：%1</translation>
    </message>
    <message>
        <source>An object was expected, not %1</source>
        <translation>应为对象，而非 %1</translation>
    </message>
    <message>
        <source>A whole number was expected, not %1</source>
        <translation>应为整数，而非 %1</translation>
    </message>
    <message>
        <source>A number was expected, not %1</source>
        <translation>应为数字，而非 %1</translation>
    </message>
    <message>
        <source>true or false was expected, not %1</source>
        <translation>应为 true 或 false，而非 %1</translation>
    </message>
    <message>
        <source>A text in quotes was expected, not %1</source>
        <translation>应为带引号的文本，而非 %1</translation>
    </message>
    <message>
        <source>%1 is outside %2 to %3.</source>
        <translation>%1 不在 %2 到 %3 之间。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a known key.</source>
        <translation>“%1”不是已知的键。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a known %2.</source>
        <translation>“%1”不是已知的%2。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a known %2. Known are %3.</source>
        <translation>“%1”不是已知的%2。已知的有 %3。</translation>
    </message>
    <message>
        <source>number format</source>
        <translation>数值格式</translation>
    </message>
    <message>
        <source>weight format</source>
        <translation>权重格式</translation>
    </message>
    <message>
        <source>&quot;all-linear&quot;, &quot;attention&quot; or a list of module names was expected.</source>
        <translation>应为 &quot;all-linear&quot;、&quot;attention&quot; 或模块名列表。</translation>
    </message>
    <message>
        <source>&quot;op&quot; or a number n, for every n-th layer, was expected.</source>
        <translation>应为 &quot;op&quot; 或数字 n（每 n 层）。</translation>
    </message>
    <message>
        <source>A list of texts was expected.</source>
        <translation>应为文本列表。</translation>
    </message>
    <message>
        <source>Shares are numbers of 0 or more.</source>
        <translation>份额应为不小于 0 的数。</translation>
    </message>
    <message>
        <source>A list of shares such as [3, 1] was expected, one of them above 0.</source>
        <translation>应为 [3, 1] 这样的份额列表，至少一个大于 0。</translation>
    </message>
    <message>
        <source>A scenario names its model: &quot;model&quot;: &quot;meta-llama/Llama-3.1-8B&quot; (see `headroom-cli models`).</source>
        <translation>方案须写明模型：&quot;model&quot;: &quot;meta-llama/Llama-3.1-8B&quot;（见 `headroom-cli models`）。</translation>
    </message>
    <message>
        <source>This scenario is of version %1; this Headroom reads version %2. A newer Headroom opens it.</source>
        <translation>此方案为版本 %1；当前 Headroom 读取版本 %2。请用更新的 Headroom 打开。</translation>
    </message>
    <message>
        <source>This is neither one name nor JSON.</source>
        <translation>既不是名称也不是 JSON。</translation>
    </message>
    <message>
        <source>The folder holds an adapter that does not name its model.</source>
        <translation>文件夹中的适配器未写明其模型。</translation>
    </message>
    <message>
        <source>The folder holds an adapter alone; open its model, %1.</source>
        <translation>文件夹中只有适配器；请打开其模型 %1。</translation>
    </message>
    <message>
        <source>The folder holds neither a config.json nor a GGUF file.</source>
        <translation>文件夹中既没有 config.json 也没有 GGUF 文件。</translation>
    </message>
    <message>
        <source>There is no config.json beside the file; safetensors says nothing of layers and heads. Open its folder&apos;s config.json, or put one beside it.</source>
        <translation>文件旁没有 config.json；safetensors 不含层与头的信息。请打开其文件夹中的 config.json，或在旁边放一个。</translation>
    </message>
    <message>
        <source>No model in the catalogue is called &quot;%1&quot;.</source>
        <translation>目录中没有名为 &quot;%1&quot; 的模型。</translation>
    </message>
    <message>
        <source>No model in the catalogue is called &quot;%1&quot;. Near: %2.</source>
        <translation>目录中没有名为 &quot;%1&quot; 的模型。相近：%2。</translation>
    </message>
    <message>
        <source>Only bare dimensions state a count of parameters.</source>
        <translation>只有纯维度描述才写参数量。</translation>
    </message>
    <message>
        <source>This is empty; a JSON configuration was expected.</source>
        <translation>内容为空；应为 JSON 配置。</translation>
    </message>
    <message>
        <source>This is not a JSON configuration: the text breaks off or holds a character that JSON does not allow here.</source>
        <translation>不是 JSON 配置：文本中断，或含有 JSON 此处不允许的字符。</translation>
    </message>
    <message>
        <source>A configuration must be a JSON object, not %1.</source>
        <translation>配置必须是 JSON 对象，而非 %1。</translation>
    </message>
    <message>
        <source>%1 keeps its %2 in %3, as the weights they step: small updates are rounded away. In fp32 (precision.optimizer_states) they take %4 more, and a master copy (precision.master_weights) four bytes a parameter.</source>
        <translation>%1 的%2与所更新的权重一样存为 %3：微小的更新会被舍去。用 fp32（precision.optimizer_states）要多占 %4，主权重副本（precision.master_weights）每个参数再占四字节。</translation>
    </message>
    <message>
        <source>Activations and logits are %1 % of the memory: they grow with batch and context and stand in no rule of so many bytes a parameter.</source>
        <translation>激活与 logits 占内存的 %1 %：它们随批大小和上下文增长，任何按每参数字节数的经验法则都不包含它们。</translation>
    </message>
    <message>
        <source>It takes %1 % of the device. A rule of thumb keeps training below %2 %, for what fragmentation and longer samples add: here the band says how much that is.</source>
        <translation>占设备内存的 %1 %。经验法则建议训练低于 %2 %，为碎片和更长的样本留出余地：这里由区间给出其大小。</translation>
    </message>
    <message>
        <source>PEFT adapts the experts too, which Transformers 5 holds as one parameter: a copy of all of a layer&apos;s, adapters added, is made for every pass and kept.</source>
        <translation>PEFT 也适配专家，而 Transformers 5 把它们存为一个参数：每次传递都会为一层的全部专家加上适配器复制一份并保留。</translation>
    </message>
    <message>
        <source>PEFT adapts the experts too, which Transformers 5 holds as one parameter: a copy of all of a layer&apos;s, adapters added, is made for every pass and kept. Nothing is counted for that copy.</source>
        <translation>PEFT 也适配专家，而 Transformers 5 把它们存为一个参数：每次传递都会为一层的全部专家加上适配器复制一份并保留。这份副本未计入。</translation>
    </message>
    <message>
        <source>Nothing is counted for images in training: neither what the vision tower keeps of them nor their tokens.</source>
        <translation>训练中的图像未计入：既没有视觉塔保留的内容，也没有图像的词元。</translation>
    </message>
    <message>
        <source>what the vision tower keeps of images</source>
        <translation>视觉塔为图像保留的内容</translation>
    </message>
    <message>
        <source>A step on text alone is estimated; images add what the vision tower keeps of them, and tokens.</source>
        <translation>按仅有文本的一步估算；图像会增加视觉塔保留的内容以及词元。</translation>
    </message>
    <message>
        <source>What layers of this class keep is not written down; they are counted as the usual ones with as many and as large tensors.</source>
        <translation>此类模型的层保留什么尚无记录；按张量数量和大小相同的常见层计算。</translation>
    </message>
    <message>
        <source>what layers of this class keep</source>
        <translation>此类模型的层所保留的内容</translation>
    </message>
    <message>
        <source>Encoder and decoder are taken to be equally long, and what they keep is counted by formulas that no trace of such a model confirms.</source>
        <translation>编码器与解码器按等长计算，其保留的内容由公式得出，尚无此类模型的跟踪记录证实。</translation>
    </message>
    <message>
        <source>what an encoder beside its decoder keeps</source>
        <translation>编码器在解码器之外保留的内容</translation>
    </message>
    <message>
        <source>FSDP1 joins a unit&apos;s tensors into one of one format: torch refuses norms in fp32 beside packed weights. The step is counted without its units.</source>
        <translation>FSDP1 把一个单元的张量合成同一格式的一个：torch 拒绝 fp32 归一化与打包权重并存。此步按没有单元计算。</translation>
    </message>
    <message>
        <source>FSDP1&apos;s units of two formats, which torch refuses</source>
        <translation>FSDP1 含两种格式的单元（torch 会拒绝）</translation>
    </message>
    <message>
        <source>this release of %1 has no class for models of this kind</source>
        <translation>此版本的 %1 没有这类模型的类</translation>
    </message>
    <message>
        <source>This release of %1 has no class of its own for models of this kind; the code of Transformers stands in for it, if it can.</source>
        <translation>此版本的 %1 没有这类模型自己的类；若可行，则由 Transformers 的代码代替。</translation>
    </message>
    <message>
        <source>what %1 takes for a model that it has no class of its own for</source>
        <translation>%1 为没有自身类的模型所占用的内存</translation>
    </message>
    <message>
        <source>this release of %1 has kernels for %2 from compute capability %3 on; %4 has %5</source>
        <translation>此版本的 %1 自计算能力 %3 起才有 %2 的内核；%4 为 %5</translation>
    </message>
    <message>
        <source>this release of %1 has kernels for %2 from compute capability %3 to below %4; %5 has %6</source>
        <translation>此版本的 %1 仅在计算能力 %3 至 %4 以下有 %2 的内核；%5 为 %6</translation>
    </message>
    <message>
        <source>this release of %1 has no kernels for %2</source>
        <translation>此版本的 %1 没有 %2 的内核</translation>
    </message>
    <message>
        <source>whether %1 has kernels for %2 here</source>
        <translation>%1 在此是否有 %2 的内核</translation>
    </message>
    <message>
        <source>%1 runs on devices of compute capability %2 and above; %3 has %4</source>
        <translation>%1 只在计算能力 %2 及以上的设备上运行；%3 为 %4</translation>
    </message>
    <message>
        <source>vLLM refuses %1 tokens a step for %2 sequences: each has one at least</source>
        <translation>vLLM 拒绝为 %2 个序列每步只处理 %1 个词元：每个序列至少一个</translation>
    </message>
    <message>
        <source>vLLM refuses expert parallelism of a model without experts</source>
        <translation>vLLM 拒绝对没有专家的模型使用专家并行</translation>
    </message>
    <message>
        <source>vLLM takes the %1 ranks of decode context parallelism from its %2 tensor-parallel ones, which does not come out even</source>
        <translation>vLLM 从 %2 个张量并行进程中取 %1 个用于解码上下文并行，无法整除</translation>
    </message>
    <message>
        <source>vLLM&apos;s decode context parallelism splits the copies of a key and value head: %1 tensor-parallel ranks of a model with %2 such heads are not %3 times as many</source>
        <translation>vLLM 的解码上下文并行拆分键值头的副本：模型有 %2 个这样的头，%1 个张量并行进程不是其 %3 倍</translation>
    </message>
    <message>
        <source>vLLM refuses bf16 on %1, which has no such arithmetic: it wants to be told fp16</source>
        <translation>vLLM 拒绝在 %1 上使用 bf16，该设备没有此类运算：须指定 fp16</translation>
    </message>
    <message>
        <source>vLLM balances experts over ranks of expert parallelism, and there are none</source>
        <translation>vLLM 在专家并行的进程间均衡专家，而此处没有</translation>
    </message>
    <message>
        <source>SGLang refuses a context of %1 for a model made for %2 tokens, unless SGLANG_ALLOW_OVERWRITE_LONGER_CONTEXT_LEN=1 allows it</source>
        <translation>SGLang 拒绝为面向 %2 个词元的模型使用 %1 的上下文，除非设置 SGLANG_ALLOW_OVERWRITE_LONGER_CONTEXT_LEN=1</translation>
    </message>
    <message>
        <source>SGLang takes prompts in whole pages: chunks of %1 tokens are none of %2</source>
        <translation>SGLang 按整页处理提示：%1 个词元的块不是 %2 的整数倍</translation>
    </message>
    <message>
        <source>SGLang does not draft beside %1</source>
        <translation>SGLang 不能与 %1 同时起草</translation>
    </message>
    <message>
        <source>SGLang&apos;s share of tokens in windows is above 0, and at most 1</source>
        <translation>SGLang 窗口中词元的占比须大于 0 且不超过 1</translation>
    </message>
    <message>
        <source>SGLang&apos;s hierarchical cache is one of prefixes, which are not kept here</source>
        <translation>SGLang 的分层缓存是前缀缓存，而此处不保留前缀</translation>
    </message>
    <message>
        <source>the states that SGLang keeps of drafted tokens</source>
        <translation>SGLang 为起草词元保留的状态</translation>
    </message>
    <message>
        <source>llama.cpp refuses a cache in %1, whose blocks do not divide heads of %2 elements</source>
        <translation>llama.cpp 拒绝 %1 的缓存，其块不能整除 %2 个元素的头</translation>
    </message>
    <message>
        <source>llama.cpp refuses keys and values of different formats of a model with latent attention</source>
        <translation>llama.cpp 拒绝潜在注意力模型的键和值使用不同格式</translation>
    </message>
    <message>
        <source>llama.cpp takes %1 sequences at most, not %2</source>
        <translation>llama.cpp 最多接受 %1 个序列，而不是 %2 个</translation>
    </message>
    <message>
        <source>this build of llama.cpp does not know the architecture &apos;%1&apos;</source>
        <translation>此版本的 llama.cpp 不认识架构“%1”</translation>
    </message>
    <message>
        <source>the format of weights that was asked for, which %1 does not have</source>
        <translation>所要求的权重格式，%1 没有</translation>
    </message>
    <message>
        <source>the format of the cache that was asked for, which %1 does not have</source>
        <translation>所要求的缓存格式，%1 没有</translation>
    </message>
    <message>
        <source>whether llama.cpp loads the model at all</source>
        <translation>llama.cpp 究竟能否加载该模型</translation>
    </message>
    <message>
        <source>the llama.cpp of Ollama %1 does not know the architecture &apos;%2&apos; yet</source>
        <translation>Ollama %1 的 llama.cpp 尚不认识架构“%2”</translation>
    </message>
    <message>
        <source>whether Ollama %1 knows the architecture &apos;%2&apos;</source>
        <translation>Ollama %1 是否认识架构“%2”</translation>
    </message>
    <message>
        <source>next-token layers, which the model&apos;s description does not tell of</source>
        <translation>模型描述中没有提到的下一词元层</translation>
    </message>
    <message>
        <source>option %1, which %2 is not known to have</source>
        <translation>选项 %1，不确定 %2 是否有此选项</translation>
    </message>
    <message>
        <source>The file holds %1 elements, its description gives %2: some of the model&apos;s tensors may not be in it.</source>
        <translation>文件含 %1 个元素，其描述给出 %2 个：模型的某些张量可能不在其中。</translation>
    </message>
    <message>
        <source>%1 cuts a quantized matrix into shards %2 wide, which blocks of %3 do not divide</source>
        <translation>%1 将量化矩阵切成宽 %2 的分片，无法被 %3 的块整除</translation>
    </message>
    <message>
        <source>how %1 holds blocks that its ranks cut</source>
        <translation>%1 如何存放被各进程切开的块</translation>
    </message>
    <message>
        <source>this release of vLLM refuses prefix caching of a model with such recurrent states</source>
        <translation>此版本的 vLLM 拒绝对具有此类循环状态的模型使用前缀缓存</translation>
    </message>
    <message>
        <source>this release of vLLM does not draft by next-token layers</source>
        <translation>此版本的 vLLM 不用下一词元层起草</translation>
    </message>
    <message>
        <source>this release of vLLM does not draft by a model</source>
        <translation>此版本的 vLLM 不用模型起草</translation>
    </message>
    <message>
        <source>vLLM refuses a draft model of %1 words for one of %2</source>
        <translation>vLLM 拒绝为词表 %2 的模型使用词表 %1 的草稿模型</translation>
    </message>
    <message>
        <source>this release of SGLang does not draft in this way</source>
        <translation>此版本的 SGLang 不以这种方式起草</translation>
    </message>
    <message>
        <source>vLLM takes adapters of rank %1 at most, not %2</source>
        <translation>vLLM 最多接受秩为 %1 的适配器，而不是 %2</translation>
    </message>
    <message>
        <source>%1 divides %2 evenly, and %3 of them cannot be by %4 ranks</source>
        <translation>%1 须均分 %2，而其中 %3 个无法由 %4 个进程均分</translation>
    </message>
    <message>
        <source>layers that read another&apos;s keys and values would stand on a later pipeline stage of %1 than it</source>
        <translation>读取其他层键值的层在 %1 中会位于比该层更靠后的流水线阶段</translation>
    </message>
    <message>
        <source>vLLM refuses blocks of %1 tokens: its attention kernels work on multiples of 16</source>
        <translation>vLLM 拒绝 %1 个词元的块：其注意力内核只处理 16 的倍数</translation>
    </message>
    <message>
        <source>vLLM refuses blocks of %1 tokens: its attention kernels work on multiples of 16, and this release takes 16, 32, 64, 128 or 256</source>
        <translation>vLLM 拒绝 %1 个词元的块：其注意力内核只处理 16 的倍数，而此版本接受 16、32、64、128 或 256</translation>
    </message>
    <message>
        <source>llama.cpp has no split mode %1</source>
        <translation>llama.cpp 没有拆分模式 %1</translation>
    </message>
    <message>
        <source>llama.cpp has no device for main_gpu beyond the last one</source>
        <translation>main_gpu 指向最后一个设备之后，llama.cpp 没有这样的设备</translation>
    </message>
    <message>
        <source>override_tensor names the buffer type &apos;%1&apos;, which none of the devices has</source>
        <translation>override_tensor 指定的缓冲区类型“%1”在任何设备上都不存在</translation>
    </message>
    <message>
        <source>how split mode %1 divides matrices over devices</source>
        <translation>拆分模式 %1 如何把矩阵分到各设备</translation>
    </message>
    <message>
        <source>the tensors that override_tensor means by %1</source>
        <translation>override_tensor 以 %1 所指的张量</translation>
    </message>
    <message>
        <source>the tensors that override_tensor puts into %1</source>
        <translation>override_tensor 放入 %1 的张量</translation>
    </message>
    <message>
        <source>the draft model, which is not named</source>
        <translation>未指明的草稿模型</translation>
    </message>
    <message>
        <source>The record begins with %1 allocated; what came before it is not seen.</source>
        <translation>记录开始时已分配 %1；之前的情况不可见。</translation>
    </message>
    <message>
        <source>The record of device %1 begins with %2 allocated; what came before it is not seen.</source>
        <translation>设备 %1 的记录开始时已分配 %2；之前的情况不可见。</translation>
    </message>
    <message>
        <source>Alive at the peak: %1 from %2.</source>
        <translation>峰值时存活：%1，来自 %2。</translation>
    </message>
    <message>
        <source>Alive at the peak of device %1: %2 from %3.</source>
        <translation>设备 %1 峰值时存活：%2，来自 %3。</translation>
    </message>
    <message>
        <source>No events were recorded: the figures are those at the moment of the snapshot.</source>
        <translation>没有记录事件：数字为快照时刻的值。</translation>
    </message>
    <message>
        <source>This pickle is no snapshot of PyTorch&apos;s memory.</source>
        <translation>此 pickle 不是 PyTorch 的内存快照。</translation>
    </message>
    <message>
        <source>The command names no model.</source>
        <translation>该命令没有指明模型。</translation>
    </message>
    <message>
        <source>The model is a variable that the text sets to nothing.</source>
        <translation>模型是一个变量，文本没有给它赋值。</translation>
    </message>
    <message>
        <source>The text starts %1 trainings; the first is taken.</source>
        <translation>文本启动了 %1 次训练；取第一次。</translation>
    </message>
    <message>
        <source>the compute graph of &apos;%1&apos;</source>
        <translation>“%1”的计算图</translation>
    </message>
    <message>
        <source>mask of the embedding&apos;s dropout</source>
        <translation>嵌入层 dropout 的掩码</translation>
    </message>
    <message>
        <source>as the method has it</source>
        <translation>按该方法的规定</translation>
    </message>
    <message>
        <source>the model&apos;s configuration asks for none</source>
        <translation>模型的配置不要求</translation>
    </message>
    <message>
        <source>FlashAttention 2 multiplies in fp16 and bf16 alone and stops in fp32: narrower weights (precision.weights), autocast (training.autocast) or sdpa run</source>
        <translation>FlashAttention 2 只支持 fp16 和 bf16，在 fp32 下会报错停止：可改用更窄的权重（precision.weights）、autocast（training.autocast）或 sdpa</translation>
    </message>
    <message>
        <source>%1 is not counted: the step of this job is accounted for by rules that do not know it.</source>
        <translation>未计入 %1：该任务的训练步按不含此项的规则计算。</translation>
    </message>
    <message>
        <source>This release of Ollama runs the model without flash attention unless it is asked for.</source>
        <translation>此版本的 Ollama 在未指定时不使用 flash attention 运行该模型。</translation>
    </message>
    <message>
        <source>This release of vLLM takes %1 tokens at once unless asked (arg_utils.py, 0.7).</source>
        <translation>此版本的 vLLM 在未指定时一次处理 %1 个 token（arg_utils.py，0.7）。</translation>
    </message>
    <message>
        <source>Flash is taken for a kernel that holds no scores. In fp32 torch&apos;s own attention has none for heads in groups, and holds them where nobody says flash.</source>
        <translation>flash 被视为不保留分数的内核。在 fp32 下，torch 自带的注意力对分组头没有这样的内核，未指定 flash 时会保留分数。</translation>
    </message>
    <message>
        <source>In fp32 torch&apos;s own attention has no fused kernel for heads in groups: their scores are held, unless attention is said to be flash.</source>
        <translation>在 fp32 下，torch 自带的注意力对分组头没有融合内核：除非指定 flash，否则会保留其分数。</translation>
    </message>
    <message>
        <source>Only the first 64 MiB of the log were read; what it says behind them, a later start too, is not seen.</source>
        <translation>只读取了日志的前 64 MiB；其后的内容（包括之后的再次启动）未被读取。</translation>
    </message>
    <message>
        <source>bytes of the step&apos;s tensors per parameter</source>
        <translation>每个参数的优化步张量字节数</translation>
    </message>
    <message>
        <source>sums</source>
        <translation>累加和</translation>
    </message>
    <message>
        <source>tensors of a step</source>
        <translation>一步的张量</translation>
    </message>
    <message>
        <source>Put %1 of %2 layers on the device</source>
        <translation>将 %2 层中的 %1 层放在设备上</translation>
    </message>
    <message>
        <source>speed: the host computes the rest</source>
        <translation>速度：其余由主机计算</translation>
    </message>
    <message>
        <source>The text names no model.</source>
        <translation>文本没有给出模型。</translation>
    </message>
    <message>
        <source>This part of a log holds no line of what anything takes.</source>
        <translation>这段日志里没有说明占用多少内存的行。</translation>
    </message>
    <message>
        <source>The list of arguments breaks off: what stood in the rest of it is not known.</source>
        <translation>参数列表中断：其余部分写了什么无从得知。</translation>
    </message>
    <message>
        <source>The log&apos;s lines come from ranks up to number %1: as many tensor ranks are taken.</source>
        <translation>日志各行来自编号至多为 %1 的进程：按同样多的张量并行进程计。</translation>
    </message>
    <message>
        <source>The file breaks off; what stands there is read.</source>
        <translation>文件中断；已有的部分照读。</translation>
    </message>
    <message>
        <source>The command breaks off inside quotes.</source>
        <translation>命令在引号内中断。</translation>
    </message>
    <message>
        <source>What %1 starts is not said; its options are read as those of %2.</source>
        <translation>没有说明 %1 启动什么；其选项按 %2 的选项读取。</translation>
    </message>
    <message>
        <source>The log&apos;s model is called %1, which is not known here.</source>
        <translation>日志中的模型名为 %1，此处不认识。</translation>
    </message>
    <message>
        <source>Of %1 layers that the log lists, %2 are on the processor.</source>
        <translation>日志列出的 %1 层中，%2 层在处理器上。</translation>
    </message>
    <message>
        <source>LM Studio expected %1 for the model and %2 for its context before it loaded.</source>
        <translation>LM Studio 加载前预计模型占 %1，其上下文占 %2。</translation>
    </message>
    <message>
        <source>The table lists %1 models; the first is taken, and the others do not count into its memory.</source>
        <translation>表中列有 %1 个模型；取第一个，其余不计入其内存。</translation>
    </message>
    <message>
        <source>The log begins in the midst of its devices&apos; caches; the sum it prints of them is taken.</source>
        <translation>日志从各设备缓存的中间开始；取其打印的总和。</translation>
    </message>
    <message>
        <source>The log begins in the midst of its devices&apos; weights: %1&apos;s are not in it.</source>
        <translation>日志从各设备权重的中间开始：其中没有 %1 的。</translation>
    </message>
    <message>
        <source>Before it loaded, llama.cpp expected to use %1 MiB of device memory where %2 MiB were free.</source>
        <translation>加载前 llama.cpp 预计使用 %1 MiB 设备内存，而可用的为 %2 MiB。</translation>
    </message>
    <message>
        <source>The settings name no model.</source>
        <translation>设置没有指明模型。</translation>
    </message>
    <message>
        <source>The script loads a model that the text does not name.</source>
        <translation>脚本加载了文本未指明的模型。</translation>
    </message>
    <message>
        <source>The script trains a model that the text does not name.</source>
        <translation>脚本训练的模型文本未指明。</translation>
    </message>
    <message>
        <source>Over how many devices the run is shared is not said; one is counted, which holds it all.</source>
        <translation>没有说明运行分布在多少设备上；按一台容纳全部计算。</translation>
    </message>
    <message>
        <source>What stands beside the training is taken for the file that says how it is shared.</source>
        <translation>训练旁边的内容被当作说明其分布方式的文件。</translation>
    </message>
    <message>
        <source>The script&apos;s own batch size is taken for what one device holds at once.</source>
        <translation>脚本自己的批大小被当作一台设备一次容纳的数量。</translation>
    </message>
    <message>
        <source>NPROC_PER_NODE is a variable; a process for each visible device is assumed.</source>
        <translation>NPROC_PER_NODE 是变量；假定每个可见设备一个进程。</translation>
    </message>
    <message>
        <source>The script has arguments of its own; where they have defaults these are taken, which a command line may change.</source>
        <translation>脚本有自己的参数；有默认值的采用默认值，命令行可能会改变它们。</translation>
    </message>
    <message>
        <source>What DeepSpeed printed is there in part: ZeRO&apos;s stage is not.</source>
        <translation>DeepSpeed 的输出只有一部分：缺少 ZeRO 阶段。</translation>
    </message>
    <message>
        <source>Of the file only a part is there: it breaks off behind %1.</source>
        <translation>文件只有一部分：在 %1 之后中断。</translation>
    </message>
    <message>
        <source>Of the file only a part is there: it begins before it.</source>
        <translation>文件只有一部分：它的开头在此之前。</translation>
    </message>
    <message>
        <source>Of the configuration only a part is there: it breaks off behind %1. What is missing is taken as its class has it by itself.</source>
        <translation>配置只有一部分：在 %1 之后中断。缺少的部分按其类自身的默认值处理。</translation>
    </message>
    <message>
        <source>Of the configuration only a part is there: it begins before it. What is missing is taken as its class has it by itself.</source>
        <translation>配置只有一部分：它的开头在此之前。缺少的部分按其类自身的默认值处理。</translation>
    </message>
    <message>
        <source>this release of %1 takes no adapters for models of this kind</source>
        <translation>此版本的 %1 不支持这类模型的适配器</translation>
    </message>
    <message>
        <source>serving</source>
        <translation>服务中</translation>
    </message>
    <message>
        <source>This is a template: what fills in %1 is not told here and left out, and what stands under a condition is read as if it held.</source>
        <translation>这是一个模板：%1 由什么填入此处未说明，已略去；条件之下的内容按条件成立来读。</translation>
    </message>
    <message>
        <source>Of the page one part is taken: %1.</source>
        <translation>取用了页面的一个部分：%1。</translation>
    </message>
    <message>
        <source>Other parts of the page say otherwise and are left: %1.</source>
        <translation>页面的其他部分说法不同，已略去：%1。</translation>
    </message>
    <message>
        <source>The text holds another part, which is left: %1.</source>
        <translation>文本中还有另一部分，已略去：%1。</translation>
    </message>
    <message>
        <source>Of the page one part is taken: %1. The whole says: %2</source>
        <translation>取用了页面的一个部分：%1。对整页的判断是：%2</translation>
    </message>
    <message>
        <source>The text also runs %1, which is not read here.</source>
        <translation>文本还运行 %1，此处不读取。</translation>
    </message>
    <message>
        <source>This is a container&apos;s image, no model.</source>
        <translation>这是容器镜像，不是模型。</translation>
    </message>
    <message>
        <source>leaves %1 of weights on the host</source>
        <translation>把 %1 的权重留在主机内存</translation>
    </message>
    <message>
        <source>Nobody asked for a context: %1 shortens it from %2 to %3 tokens (--fit).</source>
        <translation>没有指定上下文长度：%1 将其从 %2 缩短到 %3 个词元（--fit）。</translation>
    </message>
    <message>
        <source>%1 leaves %2 of %3 layers on the host by itself (--fit).</source>
        <translation>%1 自行把 %3 层中的 %2 层留在主机内存（--fit）。</translation>
    </message>
    <message>
        <source>%1 leaves experts of %2 of %3 layers on the host by itself (--fit).</source>
        <translation>%1 自行把 %3 层中 %2 层的专家留在主机内存（--fit）。</translation>
    </message>
    <message>
        <source>%1 leaves %2 of %3 layers on the host by itself, and experts of %4 more (--fit).</source>
        <translation>%1 自行把 %3 层中的 %2 层留在主机内存，另有 %4 层的专家也留在主机内存（--fit）。</translation>
    </message>
    <message>
        <source>Layers or tensors are placed by hand: llama.cpp moves none of them to make room (--fit).</source>
        <translation>层或张量已手动指定位置：llama.cpp 不会为腾出空间而移动它们（--fit）。</translation>
    </message>
    <message>
        <source>this release runs the model without flash attention</source>
        <translation>此版本运行该模型时不使用 Flash Attention</translation>
    </message>
    <message>
        <source>the runner of this release asks for windows of full size</source>
        <translation>此版本的运行器要求完整大小的窗口</translation>
    </message>
    <message>
        <source>what the release takes at once</source>
        <translation>此版本一次处理的数量</translation>
    </message>
    <message>
        <source>With -c 0 the server takes the %1 tokens the model was trained for.</source>
        <translation>使用 -c 0 时，服务器采用模型训练时的 %1 个词元。</translation>
    </message>
    <message>
        <source>SGLang takes the largest rank of the files that --lora-paths names, which are not read: %1 is counted.</source>
        <translation>SGLang 取 --lora-paths 所列文件中的最大秩，这些文件不会被读取：按 %1 计算。</translation>
    </message>
    <message>
        <source>Without --lora-paths SGLang wants --max-lora-rank, or it does not start: %1 is counted.</source>
        <translation>没有 --lora-paths 时，SGLang 需要 --max-lora-rank，否则无法启动：按 %1 计算。</translation>
    </message>
    <message>
        <source>Conditions of the script choose what %1 is; the last value is taken.</source>
        <translation>脚本中的条件决定 %1 的取值；这里采用最后一个。</translation>
    </message>
    <message>
        <source>The text speaks of %1, but what is read of it does not share the run so.</source>
        <translation>文本提到了 %1，但从中读出的内容并未这样分摊运行。</translation>
    </message>
    <message>
        <source>The text&apos;s words speak of %1 devices; the run is shared over as many.</source>
        <translation>文本中提到 %1 个设备；运行按此数量分摊。</translation>
    </message>
    <message>
        <source>The script is taken for alpaca-lora&apos;s: what it is not told is that one&apos;s default, such as weights of 8 bits, rank 8 and recomputation.</source>
        <translation>该脚本被视为 alpaca-lora 的脚本：未给出的设置取其默认值，例如 8 位权重、秩 8 和重计算。</translation>
    </message>
    <message>
        <source>A variable that the text does not set says over how many processes or machines the run is shared; one is assumed for it.</source>
        <translation>运行分摊到多少个进程或机器由文本未设置的变量决定；这里按一个计算。</translation>
    </message>
    <message>
        <source>The log does not say how the model is trained; LoRA is assumed.</source>
        <translation>日志未说明模型如何训练；这里假定为 LoRA。</translation>
    </message>
    <message>
        <source>The script has options that are not known here; memory may follow them: %1.</source>
        <translation>该脚本有此处未知的选项；内存可能取决于它们：%1。</translation>
    </message>
    <message>
        <source>The words beside it say what it does not: %1.</source>
        <translation>旁边的文字说明了其中未写明的内容：%1。</translation>
    </message>
    <message>
        <source>The words beside it name what is left: %1.</source>
        <translation>旁边的文字提到了未采用的内容：%1。</translation>
    </message>
    <message>
        <source>Release %1 is what the words beside it name.</source>
        <translation>版本 %1 取自旁边的文字。</translation>
    </message>
    <message>
        <source>The words beside it name several releases, and none is taken: %1.</source>
        <translation>旁边的文字提到多个版本，均未采用：%1。</translation>
    </message>
    <message>
        <source>The model is the one that the words beside it name: %1.</source>
        <translation>模型取自旁边的文字：%1。</translation>
    </message>
    <message>
        <source>The text holds no command; what its words say of the options is taken.</source>
        <translation>文本中没有命令；采用其文字中说明的选项。</translation>
    </message>
    <message>
        <source>A branch of the script adds arguments; they count as if it were taken.</source>
        <translation>脚本的某个分支添加了参数；按走了该分支计算。</translation>
    </message>
    <message>
        <source>adapters&apos; results</source>
        <translation>适配器的结果</translation>
    </message>
    <message>
        <source>small weights that stay gathered</source>
        <translation>保持收集状态的小权重</translation>
    </message>
    <message>
        <source>stages and one</source>
        <translation>级数加一</translation>
    </message>
</context>
<context>
    <name>headroom::ui</name>
    <message numerus="yes">
        <source>%n others</source>
        <translation>
            <numerusform>其余 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>capacity</source>
        <translation>容量</translation>
    </message>
    <message>
        <source>usable</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>band of runs</source>
        <translation>实测区间</translation>
    </message>
    <message>
        <source>gives way</source>
        <translation>可让出</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>放不下</translation>
    </message>
    <message numerus="yes">
        <source>and %n more lines</source>
        <translation>
            <numerusform>另有 %n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>all linear layers</source>
        <translation>所有线性层</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>as given</source>
        <translation>按原样</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1 B parameters</source>
        <translation>%1 B 参数</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Workload</source>
        <translation>任务类型</translation>
    </message>
    <message>
        <source>Accelerator</source>
        <translation>加速器</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>LoRA rank</source>
        <translation>LoRA 秩</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV 缓存</translation>
    </message>
    <message>
        <source>Keys alone</source>
        <translation>仅键</translation>
    </message>
    <message>
        <source>Values alone</source>
        <translation>仅值</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>计算格式</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Optimizer states</source>
        <translation>优化器状态</translation>
    </message>
    <message>
        <source>Master weights</source>
        <translation>主权重</translation>
    </message>
    <message>
        <source>Adapters</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Framework</source>
        <translation>框架</translation>
    </message>
    <message>
        <source>Engine version</source>
        <translation>引擎版本</translation>
    </message>
    <message>
        <source>Engine options</source>
        <translation>引擎选项</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Logits kept</source>
        <translation>保留的 logits</translation>
    </message>
    <message>
        <source>Prefill tokens</source>
        <translation>预填充 token</translation>
    </message>
    <message>
        <source>Max sequences</source>
        <translation>最大序列数</translation>
    </message>
    <message>
        <source>Memory share</source>
        <translation>显存占比</translation>
    </message>
    <message>
        <source>CUDA graphs</source>
        <translation>CUDA Graphs</translation>
    </message>
    <message>
        <source>Unified KV cache</source>
        <translation>统一 KV 缓存</translation>
    </message>
    <message>
        <source>Full window cache</source>
        <translation>完整窗口缓存</translation>
    </message>
    <message>
        <source>Latent KV cache</source>
        <translation>潜变量 KV 缓存</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Step in backward</source>
        <translation>反向中更新</translation>
    </message>
    <message>
        <source>Accumulation</source>
        <translation>梯度累积</translation>
    </message>
    <message>
        <source>Checkpointing</source>
        <translation>激活重计算</translation>
    </message>
    <message>
        <source>Checkpoint every n-th layer</source>
        <translation>每 n 层一个检查点</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>LoRA targets</source>
        <translation>LoRA 目标模块</translation>
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
        <translation>数据并行</translation>
    </message>
    <message>
        <source>Tensor parallel</source>
        <translation>张量并行</translation>
    </message>
    <message>
        <source>Pipeline stages</source>
        <translation>流水线级数</translation>
    </message>
    <message>
        <source>Virtual stages</source>
        <translation>虚拟级数</translation>
    </message>
    <message>
        <source>Context parallel</source>
        <translation>上下文并行</translation>
    </message>
    <message>
        <source>Expert parallel</source>
        <translation>专家并行</translation>
    </message>
    <message>
        <source>Expert tensor</source>
        <translation>专家张量并行</translation>
    </message>
    <message>
        <source>Sequence parallel</source>
        <translation>序列并行</translation>
    </message>
    <message>
        <source>Sharding</source>
        <translation>分片</translation>
    </message>
    <message>
        <source>Reserve</source>
        <translation>预留</translation>
    </message>
    <message>
        <source>Layers on GPU</source>
        <translation>GPU 上的层</translation>
    </message>
    <message>
        <source>Experts on host</source>
        <translation>主机上的专家</translation>
    </message>
    <message>
        <source>KV cache on host</source>
        <translation>主机上的 KV 缓存</translation>
    </message>
    <message>
        <source>Optimizer on</source>
        <translation>优化器位置</translation>
    </message>
    <message>
        <source>Weights on</source>
        <translation>权重位置</translation>
    </message>
    <message>
        <source>Activations on</source>
        <translation>激活位置</translation>
    </message>
    <message>
        <source>Memory of each</source>
        <translation>每台内存</translation>
    </message>
    <message>
        <source>Compute capability</source>
        <translation>计算能力</translation>
    </message>
    <message>
        <source>Preference or RL</source>
        <translation>偏好或强化学习</translation>
    </message>
    <message>
        <source>Reference model</source>
        <translation>参考模型</translation>
    </message>
    <message>
        <source>Teacher</source>
        <translation>教师模型</translation>
    </message>
    <message>
        <source>Rollouts by</source>
        <translation>rollout 由</translation>
    </message>
    <message>
        <source>Engine&apos;s share</source>
        <translation>引擎占比</translation>
    </message>
    <message>
        <source>Engine sleeps</source>
        <translation>引擎休眠</translation>
    </message>
    <message>
        <source>Completion</source>
        <translation>补全长度</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>训练配方</translation>
    </message>
    <message>
        <source>Advice</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Measured run</source>
        <translation>实测运行</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>维度</translation>
    </message>
    <message>
        <source>Compared devices</source>
        <translation>对比的设备</translation>
    </message>
    <message>
        <source>Open sections</source>
        <translation>展开的部分</translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>What is asked</source>
        <translation>所问的内容</translation>
    </message>
    <message>
        <source>Values of a point</source>
        <translation>某点的取值</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Hidden size</source>
        <translation>隐藏维度</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>注意力头</translation>
    </message>
    <message>
        <source>KV heads</source>
        <translation>KV 头</translation>
    </message>
    <message>
        <source>Head size</source>
        <translation>头维度</translation>
    </message>
    <message>
        <source>MLP width</source>
        <translation>MLP 宽度</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Experts per token</source>
        <translation>每 token 专家数</translation>
    </message>
    <message>
        <source>Expert width</source>
        <translation>专家宽度</translation>
    </message>
    <message>
        <source>Tied head</source>
        <translation>共享输出头</translation>
    </message>
    <message>
        <source>as stored</source>
        <translation>按存储格式</translation>
    </message>
    <message>
        <source>Custom %1 GiB</source>
        <translation>自定义 %1 GiB</translation>
    </message>
    <message>
        <source>no accelerator</source>
        <translation>无加速器</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>newest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>Reduction</source>
        <translation>规约格式</translation>
    </message>
    <message>
        <source>Format gradients travel in between ranks.</source>
        <translation>梯度在各 rank 之间传输的格式。</translation>
    </message>
    <message>
        <source>KV pool bytes</source>
        <translation>KV 池字节数</translation>
    </message>
    <message>
        <source>Bytes of the pools on one device, instead of what the claim leaves (--kv-cache-memory-bytes).</source>
        <translation>单台设备上缓存池的字节数，代替占用份额剩余的部分（--kv-cache-memory-bytes）。</translation>
    </message>
    <message>
        <source>Prefix caching</source>
        <translation>前缀缓存</translation>
    </message>
    <message>
        <source>Keeps the cache of prompts for later requests; recurrent states then take more blocks.</source>
        <translation>为后续请求保留提示词的缓存；循环状态因此占用更多块。</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Embedding, reranking and classifying models sample nothing: no logits.</source>
        <translation>嵌入、重排与分类模型不采样：没有 logits。</translation>
    </message>
    <message>
        <source>Activation factor</source>
        <translation>激活系数</translation>
    </message>
    <message>
        <source>7 tensors / layer in training: hidden-sized tensors that a layer keeps.</source>
        <translation>训练中每层 7 个张量：一层保留的隐藏维度大小的张量数。</translation>
    </message>
    <message>
        <source>Tensors per block</source>
        <translation>每块张量数</translation>
    </message>
    <message>
        <source>14 tensors / block in training: hidden-sized tensors that a block keeps, c.</source>
        <translation>训练中每块 14 个张量：一个块保留的隐藏维度大小的张量数 c。</translation>
    </message>
    <message>
        <source>Checkpoint divisor</source>
        <translation>重计算除数</translation>
    </message>
    <message>
        <source>Share of weights in training: what checkpointing divides activations by, K.</source>
        <translation>训练中按权重占比：重计算把激活除以多少，即 K。</translation>
    </message>
    <message>
        <source>Preserved layers</source>
        <translation>保留的层</translation>
    </message>
    <message>
        <source>Share of weights in training: layers whose activations are kept.</source>
        <translation>训练中按权重占比：保留激活的层数。</translation>
    </message>
    <message>
        <source>Activation share</source>
        <translation>激活占比</translation>
    </message>
    <message>
        <source>Rules of thumb in serving: activations as a share of the weights.</source>
        <translation>部署时的经验法则：激活占权重的比例。</translation>
    </message>
    <message>
        <source>Workspace share</source>
        <translation>工作区占比</translation>
    </message>
    <message>
        <source>Rules of thumb: workspace as a share of everything else.</source>
        <translation>经验法则：工作区占其余一切的比例。</translation>
    </message>
    <message>
        <source>Serve adapters</source>
        <translation>部署适配器</translation>
    </message>
    <message>
        <source>The server keeps low-rank adapters beside the model (--enable-lora).</source>
        <translation>服务器在模型之外保留低秩适配器（--enable-lora）。</translation>
    </message>
    <message>
        <source>Adapter slots</source>
        <translation>适配器槽位</translation>
    </message>
    <message>
        <source>Adapters on the device at once (max_loras).</source>
        <translation>同时驻留设备的适配器数（max_loras）。</translation>
    </message>
    <message>
        <source>Largest rank</source>
        <translation>最大秩</translation>
    </message>
    <message>
        <source>Every slot is as wide as the largest adapter (max_lora_rank).</source>
        <translation>每个槽位都与最大的适配器一样宽（max_lora_rank）。</translation>
    </message>
    <message>
        <source>Adapted modules</source>
        <translation>适配的模块</translation>
    </message>
    <message>
        <source>all-linear, attention, or module names with commas between them.</source>
        <translation>all-linear、attention，或以逗号分隔的模块名。</translation>
    </message>
    <message>
        <source>Adapter format</source>
        <translation>适配器格式</translation>
    </message>
    <message>
        <source>Number format of the served adapters.</source>
        <translation>所部署适配器的数值格式。</translation>
    </message>
    <message>
        <source>Speculative decoding</source>
        <translation>推测解码</translation>
    </message>
    <message>
        <source>Something small proposes tokens that the model checks; it takes weights and cache of its own.</source>
        <translation>由较小的模型提出 token、由主模型验证；它占用自己的权重和缓存。</translation>
    </message>
    <message>
        <source>Proposed by</source>
        <translation>提议来源</translation>
    </message>
    <message>
        <source>A draft model, the checkpoint&apos;s own next-token layers, an EAGLE head, or the text itself.</source>
        <translation>草稿模型、检查点自带的 next-token 层、EAGLE 头，或文本本身。</translation>
    </message>
    <message>
        <source>Tokens proposed</source>
        <translation>提议的 token 数</translation>
    </message>
    <message>
        <source>Proposed per step.</source>
        <translation>每步提议的数量。</translation>
    </message>
    <message>
        <source>Draft model</source>
        <translation>草稿模型</translation>
    </message>
    <message>
        <source>A model of the catalogue by its id.</source>
        <translation>目录中的模型，以其 ID 指定。</translation>
    </message>
    <message>
        <source>Limit images</source>
        <translation>限制图像</translation>
    </message>
    <message>
        <source>How many images a request of a multimodal server may hold.</source>
        <translation>多模态服务器的一个请求最多可含多少张图像。</translation>
    </message>
    <message>
        <source>Images per request</source>
        <translation>每请求图像数</translation>
    </message>
    <message>
        <source>0: text only; the encoder is not run.</source>
        <translation>0：仅文本；不运行编码器。</translation>
    </message>
    <message>
        <source>Image width</source>
        <translation>图像宽度</translation>
    </message>
    <message>
        <source>Pixels of the largest image. Empty: the most its processor takes.</source>
        <translation>最大图像的像素。留空：其处理器允许的最大值。</translation>
    </message>
    <message>
        <source>Image height</source>
        <translation>图像高度</translation>
    </message>
    <message>
        <source>Optimizer walks</source>
        <translation>优化器遍历</translation>
    </message>
    <message>
        <source>Lists of parameters with a temporary beside them (foreach), one kernel without (fused), or one by one.</source>
        <translation>按参数列表并带临时量（foreach）、单个内核不带临时量（fused），或逐个处理。</translation>
    </message>
    <message>
        <source>Reentrant checkpoints</source>
        <translation>可重入检查点</translation>
    </message>
    <message>
        <source>torch&apos;s older way to recompute.</source>
        <translation>torch 较旧的重计算方式。</translation>
    </message>
    <message>
        <source>Checkpoints lie</source>
        <translation>检查点位置</translation>
    </message>
    <message>
        <source>Inside or around the units of FSDP: whether gathered weights wait for the recomputation.</source>
        <translation>在 FSDP 单元之内或之外：已收集的权重是否要等待重计算。</translation>
    </message>
    <message>
        <source>Selective by</source>
        <translation>选择性依据</translation>
    </message>
    <message>
        <source>op: the dear operators are kept; a number n: every n-th layer is recomputed whole.</source>
        <translation>op：保留开销大的算子；数字 n：每 n 层整层重算一次。</translation>
    </message>
    <message>
        <source>Attention by</source>
        <translation>注意力实现</translation>
    </message>
    <message>
        <source>The attention kernel of the step; eager holds the scores.</source>
        <translation>训练步的注意力内核；eager 会保留分数矩阵。</translation>
    </message>
    <message>
        <source>Norms by</source>
        <translation>归一化实现</translation>
    </message>
    <message>
        <source>Operator by operator, which keeps a wide copy of the hidden states, or one fused kernel.</source>
        <translation>逐算子执行，会保留一份更宽的隐藏状态；或单个融合内核。</translation>
    </message>
    <message>
        <source>Autocast</source>
        <translation>Autocast</translation>
    </message>
    <message>
        <source>Weights keep their format and operators run in the compute format; cast copies live for a while.</source>
        <translation>权重保持原格式，算子以计算格式运行；转换后的副本会存在一段时间。</translation>
    </message>
    <message>
        <source>Forward fills a cache</source>
        <translation>前向填充缓存</translation>
    </message>
    <message>
        <source>The forward pass of the step fills a KV cache.</source>
        <translation>训练步的前向会填充 KV 缓存。</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Of hidden states, 0 … 1; above 0 its masks are kept.</source>
        <translation>作用于隐藏状态，0 … 1；大于 0 时保留其掩码。</translation>
    </message>
    <message>
        <source>Adapter dropout</source>
        <translation>适配器 Dropout</translation>
    </message>
    <message>
        <source>Of the adapters&apos; inputs, 0 … 1; above 0 each adapter keeps its own input and mask.</source>
        <translation>作用于适配器输入，0 … 1；大于 0 时每个适配器各自保留输入与掩码。</translation>
    </message>
    <message>
        <source>rsLoRA</source>
        <translation>rsLoRA</translation>
    </message>
    <message>
        <source>Scales by the root of the rank; takes no memory.</source>
        <translation>按秩的平方根缩放；不占内存。</translation>
    </message>
    <message>
        <source>Trained whole</source>
        <translation>整体训练</translation>
    </message>
    <message>
        <source>Modules trained whole beside the adapters: lm_head, embed_tokens.</source>
        <translation>在适配器之外整体训练的模块：lm_head、embed_tokens。</translation>
    </message>
    <message>
        <source>k-bit preparation</source>
        <translation>k 位准备</translation>
    </message>
    <message>
        <source>What is not quantized becomes fp32 (prepare_model_for_kbit_training).</source>
        <translation>未量化的部分变为 fp32（prepare_model_for_kbit_training）。</translation>
    </message>
    <message>
        <source>Logits outlive the loss</source>
        <translation>logits 晚于损失释放</translation>
    </message>
    <message>
        <source>A variable keeps the logits until the backward pass has ended.</source>
        <translation>有变量把 logits 保留到反向结束。</translation>
    </message>
    <message>
        <source>Loss rows at a time</source>
        <translation>每次损失行数</translation>
    </message>
    <message>
        <source>Rows the loss takes at a time; 0: all.</source>
        <translation>损失一次处理的行数；0：全部。</translation>
    </message>
    <message>
        <source>Loss chunks</source>
        <translation>损失分块</translation>
    </message>
    <message>
        <source>Parts the loss is cut into; 0: not cut.</source>
        <translation>损失切成的份数；0：不切。</translation>
    </message>
    <message>
        <source>Head tokens at a time</source>
        <translation>每次输出头 token</translation>
    </message>
    <message>
        <source>Tokens the output head takes at a time; 0: all.</source>
        <translation>输出头一次处理的 token 数；0：全部。</translation>
    </message>
    <message>
        <source>Compiled loss</source>
        <translation>编译损失</translation>
    </message>
    <message>
        <source>torch.compile of the loss.</source>
        <translation>对损失使用 torch.compile。</translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>How the norm of all gradients is taken; lists need a temporary.</source>
        <translation>全部梯度的范数如何计算；按列表需要临时量。</translation>
    </message>
    <message>
        <source>Lengths</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Of micro-batches: all alike, rows filled with samples, padded, or as long as the longest sample.</source>
        <translation>微批的长度：全部相同、样本拼满整行、填充，或与最长样本等长。</translation>
    </message>
    <message>
        <source>Reward model</source>
        <translation>奖励模型</translation>
    </message>
    <message>
        <source>none, a number of parameters, or a model of the catalogue.</source>
        <translation>none、参数量，或目录中的模型。</translation>
    </message>
    <message>
        <source>Critic</source>
        <translation>Critic</translation>
    </message>
    <message>
        <source>PPO&apos;s value model, trained as the policy is: none, a number of parameters, or a model of the catalogue.</source>
        <translation>PPO 的价值模型，与策略一样训练：none、参数量，或目录中的模型。</translation>
    </message>
    <message>
        <source>Engine&apos;s tensor ranks</source>
        <translation>引擎张量 rank 数</translation>
    </message>
    <message>
        <source>Tensor-parallel ranks of the engine that generates.</source>
        <translation>负责生成的引擎的张量并行 rank 数。</translation>
    </message>
    <message>
        <source>Generations</source>
        <translation>生成数</translation>
    </message>
    <message>
        <source>Completions per prompt.</source>
        <translation>每个提示词的补全数。</translation>
    </message>
    <message>
        <source>FSDP1 strategy</source>
        <translation>FSDP1 策略</translation>
    </message>
    <message>
        <source>FULL_SHARD shares weights, gradients and states; SHARD_GRAD_OP keeps gathered weights; NO_SHARD nothing.</source>
        <translation>FULL_SHARD 分片权重、梯度和状态；SHARD_GRAD_OP 保留已收集的权重；NO_SHARD 不分片。</translation>
    </message>
    <message>
        <source>Wrapped</source>
        <translation>包裹方式</translation>
    </message>
    <message>
        <source>FSDP: every block is a unit, or the whole model is one.</source>
        <translation>FSDP：每个块是一个单元，或整个模型是一个单元。</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>FSDP: what of embedding, norm and head is a unit of its own.</source>
        <translation>FSDP：嵌入、归一化和输出头中哪些自成单元。</translation>
    </message>
    <message>
        <source>Free after forward</source>
        <translation>前向后释放</translation>
    </message>
    <message>
        <source>FSDP: gathered weights are freed after a unit&apos;s forward pass.</source>
        <translation>FSDP：单元前向结束后释放已收集的权重。</translation>
    </message>
    <message>
        <source>… the root&apos;s too</source>
        <translation>… 根单元也是</translation>
    </message>
    <message>
        <source>FSDP2: those of the root unit.</source>
        <translation>FSDP2：根单元的权重。</translation>
    </message>
    <message>
        <source>… the head&apos;s too</source>
        <translation>… 输出头也是</translation>
    </message>
    <message>
        <source>FSDP2: those of the unit of norm and head.</source>
        <translation>FSDP2：归一化与输出头单元的权重。</translation>
    </message>
    <message>
        <source>Free after backward</source>
        <translation>反向后释放</translation>
    </message>
    <message>
        <source>FSDP2: gathered weights are freed after each micro-batch&apos;s backward pass.</source>
        <translation>FSDP2：每个微批反向结束后释放已收集的权重。</translation>
    </message>
    <message>
        <source>Prefetch</source>
        <translation>预取</translation>
    </message>
    <message>
        <source>FSDP: when the next unit&apos;s weights are gathered.</source>
        <translation>FSDP：何时收集下一单元的权重。</translation>
    </message>
    <message>
        <source>Replicas of groups</source>
        <translation>组的副本数</translation>
    </message>
    <message>
        <source>FSDP: copies of the group that shards (HSDP).</source>
        <translation>FSDP：分片组的副本数（HSDP）。</translation>
    </message>
    <message>
        <source>Gradients reduced</source>
        <translation>梯度规约时机</translation>
    </message>
    <message>
        <source>In every micro-batch, or in the last alone, which keeps whole gradients until then.</source>
        <translation>每个微批都规约，或仅在最后一个——此前保留完整梯度。</translation>
    </message>
    <message>
        <source>Original parameters</source>
        <translation>原始参数</translation>
    </message>
    <message>
        <source>FSDP1: use_orig_params.</source>
        <translation>FSDP1：use_orig_params。</translation>
    </message>
    <message>
        <source>Limit all-gathers</source>
        <translation>限制 all-gather</translation>
    </message>
    <message>
        <source>FSDP1: limit_all_gathers.</source>
        <translation>FSDP1：limit_all_gathers。</translation>
    </message>
    <message>
        <source>Adapters apart</source>
        <translation>适配器单列</translation>
    </message>
    <message>
        <source>FSDP: adapters are units of their own.</source>
        <translation>FSDP：适配器自成单元。</translation>
    </message>
    <message>
        <source>Bucket bytes</source>
        <translation>桶字节数</translation>
    </message>
    <message>
        <source>DDP: bytes of a bucket of gradients.</source>
        <translation>DDP：一个梯度桶的字节数。</translation>
    </message>
    <message>
        <source>Gradients are views</source>
        <translation>梯度为视图</translation>
    </message>
    <message>
        <source>DDP: gradients are views of the buckets instead of copies beside them.</source>
        <translation>DDP：梯度是桶的视图，而非另存的副本。</translation>
    </message>
    <message>
        <source>Static graph</source>
        <translation>静态图</translation>
    </message>
    <message>
        <source>DDP: static_graph.</source>
        <translation>DDP：static_graph。</translation>
    </message>
    <message>
        <source>Loss parallel</source>
        <translation>损失并行</translation>
    </message>
    <message>
        <source>Tensor parallelism: the vocabulary stays split in the loss.</source>
        <translation>张量并行：词表在损失中保持切分。</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>调度</translation>
    </message>
    <message>
        <source>Of a pipeline: how many micro-batches&apos; activations are alive on a stage.</source>
        <translation>流水线的调度：一级上同时存活多少个微批的激活。</translation>
    </message>
    <message>
        <source>Micro-batches</source>
        <translation>微批数</translation>
    </message>
    <message>
        <source>A pipeline&apos;s step is cut into so many.</source>
        <translation>流水线的一步被切成这么多份。</translation>
    </message>
    <message>
        <source>Reduce bucket</source>
        <translation>规约桶</translation>
    </message>
    <message>
        <source>DeepSpeed: reduce_bucket_size, elements.</source>
        <translation>DeepSpeed：reduce_bucket_size，元素数。</translation>
    </message>
    <message>
        <source>All-gather bucket</source>
        <translation>All-gather 桶</translation>
    </message>
    <message>
        <source>DeepSpeed stage 1 and 2: allgather_bucket_size, elements.</source>
        <translation>DeepSpeed 第 1、2 阶段：allgather_bucket_size，元素数。</translation>
    </message>
    <message>
        <source>Prefetch bucket</source>
        <translation>预取桶</translation>
    </message>
    <message>
        <source>DeepSpeed stage 3: stage3_prefetch_bucket_size, elements.</source>
        <translation>DeepSpeed 第 3 阶段：stage3_prefetch_bucket_size，元素数。</translation>
    </message>
    <message>
        <source>Kept whole below</source>
        <translation>低于此值不分片</translation>
    </message>
    <message>
        <source>DeepSpeed stage 3: stage3_param_persistence_threshold, elements.</source>
        <translation>DeepSpeed 第 3 阶段：stage3_param_persistence_threshold，元素数。</translation>
    </message>
    <message>
        <source>Live at most</source>
        <translation>最多存活</translation>
    </message>
    <message>
        <source>DeepSpeed stage 3: stage3_max_live_parameters, elements.</source>
        <translation>DeepSpeed 第 3 阶段：stage3_max_live_parameters，元素数。</translation>
    </message>
    <message>
        <source>Kept when reused within</source>
        <translation>此距离内复用则保留</translation>
    </message>
    <message>
        <source>DeepSpeed stage 3: stage3_max_reuse_distance, elements.</source>
        <translation>DeepSpeed 第 3 阶段：stage3_max_reuse_distance，元素数。</translation>
    </message>
    <message>
        <source>Overlap</source>
        <translation>通信重叠</translation>
    </message>
    <message>
        <source>DeepSpeed: overlap_comm.</source>
        <translation>DeepSpeed：overlap_comm。</translation>
    </message>
    <message>
        <source>Contiguous gradients</source>
        <translation>连续梯度</translation>
    </message>
    <message>
        <source>DeepSpeed: contiguous_gradients.</source>
        <translation>DeepSpeed：contiguous_gradients。</translation>
    </message>
    <message>
        <source>Tensor split</source>
        <translation>张量切分</translation>
    </message>
    <message>
        <source>llama.cpp: shares of the devices, 3, 1 (--tensor-split).</source>
        <translation>llama.cpp：各设备的份额，如 3, 1（--tensor-split）。</translation>
    </message>
    <message>
        <source>Not modelled</source>
        <translation>未建模</translation>
    </message>
    <message>
        <source>What takes memory and has no setting here; it stands in the verdict. Several with ; between them.</source>
        <translation>占用内存而此处没有设置的东西；会写进结论。多项以 ; 分隔。</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 及另外 %2 个</translation>
    </message>
    <message>
        <source>%1: read as %2.</source>
        <translation>%1：按 %2 读取。</translation>
    </message>
    <message>
        <source>Not counted, though memory depends on it: %1</source>
        <translation>未计入，尽管影响内存：%1</translation>
    </message>
    <message>
        <source>Left out, without a say in memory: %1</source>
        <translation>已略去，不影响内存：%1</translation>
    </message>
    <message>
        <source>Custom: %1 GiB</source>
        <translation>自定义：%1 GiB</translation>
    </message>
    <message>
        <source>a device of which a process can take that much</source>
        <translation>进程可使用这么多内存的设备</translation>
    </message>
    <message>
        <source>As stored</source>
        <translation>按存储格式</translation>
    </message>
    <message>
        <source>GGUF file types</source>
        <translation>GGUF 文件类型</translation>
    </message>
    <message>
        <source>Floating point</source>
        <translation>浮点</translation>
    </message>
    <message>
        <source>4 bit and about</source>
        <translation>4 位左右</translation>
    </message>
    <message>
        <source>8 bit</source>
        <translation>8 位</translation>
    </message>
    <message>
        <source>%1 bits per weight · %2</source>
        <translation>每权重 %1 位 · %2</translation>
    </message>
    <message>
        <source>recurrent, no KV cache</source>
        <translation>循环结构，无 KV 缓存</translation>
    </message>
    <message>
        <source>no attention</source>
        <translation>无注意力</translation>
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
        <translation>GQA，%1 个 KV 头</translation>
    </message>
    <message>
        <source>, %1 of %2 windowed</source>
        <translation>，%2 层中 %1 层带窗口</translation>
    </message>
    <message>
        <source>, %1 recurrent</source>
        <translation>，%1 层循环</translation>
    </message>
    <message>
        <source>%1 parameters, %2 active</source>
        <translation>%1 参数，激活 %2</translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>%1 参数</translation>
    </message>
    <message>
        <source>%1 layers</source>
        <translation>%1 层</translation>
    </message>
    <message>
        <source>%1 context</source>
        <translation>上下文 %1</translation>
    </message>
    <message>
        <source>Default: %1</source>
        <translation>默认：%1</translation>
    </message>
    <message>
        <source>Default: %1 (%2)</source>
        <translation>默认：%1（%2）</translation>
    </message>
    <message>
        <source>a part of “%1”, which is off</source>
        <translation>属于“%1”，而它已关闭</translation>
    </message>
    <message>
        <source>Not a number; write 8192, 8k or 1M</source>
        <translation>不是数字；请写 8192、8k 或 1M</translation>
    </message>
    <message>
        <source>A whole number, please</source>
        <translation>请输入整数</translation>
    </message>
    <message>
        <source>Between %1 and %2</source>
        <translation>介于 %1 与 %2 之间</translation>
    </message>
    <message>
        <source>Not an amount; write 4 GiB or bytes</source>
        <translation>不是容量；请写 4 GiB 或字节数</translation>
    </message>
    <message>
        <source>Not a share; write 90 % or 0.9</source>
        <translation>不是比例；请写 90 % 或 0.9</translation>
    </message>
    <message>
        <source>Between 0 and %1 %</source>
        <translation>介于 0 与 %1 % 之间</translation>
    </message>
    <message>
        <source>A number such as 8.9, 1 to 100.</source>
        <translation>如 8.9 的数字，1 到 100。</translation>
    </message>
    <message>
        <source>Number format of cached keys where it differs from the values&apos;.</source>
        <translation>键缓存的数值格式（与值不同时）。</translation>
    </message>
    <message>
        <source>Number format of cached values where it differs from the keys&apos;.</source>
        <translation>值缓存的数值格式（与键不同时）。</translation>
    </message>
    <message>
        <source>Bytes a process may take of each device, instead of what the catalogue says: 23.5 GiB.</source>
        <translation>进程可从每台设备使用的字节数，代替目录中的值：23.5 GiB。</translation>
    </message>
    <message>
        <source>CUDA compute capability, which decides the kernels there are: 8.9.</source>
        <translation>CUDA 计算能力，决定有哪些内核可用：8.9。</translation>
    </message>
    <message>
        <source>saves %1</source>
        <translation>节省 %1</translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation>最多 %1</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Number of devices</source>
        <translation>设备数量</translation>
    </message>
    <message>
        <source>Between 0 and 1 000 000 billion.</source>
        <translation>介于 0 与 1 000 000 B（十亿）之间。</translation>
    </message>
    <message>
        <source>Not a model of the catalogue.</source>
        <translation>不是目录中的模型。</translation>
    </message>
    <message>
        <source>Number format of cached keys and values. Halving it halves the KV cache.</source>
        <translation>键值缓存的数值格式。位宽减半，KV 缓存也减半。</translation>
    </message>
    <message>
        <source>Format the layers compute in; sizes activations.</source>
        <translation>各层的计算格式；决定激活的大小。</translation>
    </message>
    <message>
        <source>Format of the LoRA matrices.</source>
        <translation>LoRA 矩阵的格式。</translation>
    </message>
    <message>
        <source>Format gradients are kept in, one per trainable parameter.</source>
        <translation>梯度的保存格式，每个可训练参数一个。</translation>
    </message>
    <message>
        <source>Format of the optimizer&apos;s moments.</source>
        <translation>优化器动量的格式。</translation>
    </message>
    <message>
        <source>A second copy of the trained weights that the optimizer updates (mixed precision).</source>
        <translation>优化器所更新的训练权重副本（混合精度）。</translation>
    </message>
    <message>
        <source>The program that runs it. Each has its own buffers, cache layout and defaults.</source>
        <translation>运行它的程序。各有各的缓冲区、缓存布局和默认值。</translation>
    </message>
    <message>
        <source>The training code, whose habits differ: what it keeps in fp32, how it computes the loss.</source>
        <translation>训练代码，习惯各不相同：哪些保持 fp32，如何计算损失。</translation>
    </message>
    <message>
        <source>As the engine prints it; picks rules that changed between versions. Empty: the newest known.</source>
        <translation>引擎所输出的版本；据此选择各版本间有变化的规则。留空：已知的最新版。</translation>
    </message>
    <message>
        <source>Flash attention never holds the scores; eager attention holds them for the whole context.</source>
        <translation>Flash attention 从不保留分数矩阵；eager attention 为整个上下文保留。</translation>
    </message>
    <message>
        <source>Rows of logits kept in prefill: the last token&apos;s, or one for every token.</source>
        <translation>预填充中保留的 logits 行：仅最后一个 token，或每个 token 一行。</translation>
    </message>
    <message>
        <source>Tokens of one prefill step (vLLM max_num_batched_tokens, llama.cpp n_ubatch); sizes activations.</source>
        <translation>一个预填充步的 token 数（vLLM max_num_batched_tokens，llama.cpp n_ubatch）；决定激活的大小。</translation>
    </message>
    <message>
        <source>Sequences the engine sizes its buffers for.</source>
        <translation>引擎据以确定缓冲区大小的序列数。</translation>
    </message>
    <message>
        <source>Share of the device the engine claims when it starts.</source>
        <translation>引擎启动时占用设备的份额。</translation>
    </message>
    <message>
        <source>Captured CUDA graphs keep buffers of their own (off: --enforce-eager).</source>
        <translation>捕获的 CUDA Graphs 保有自己的缓冲区（关闭：--enforce-eager）。</translation>
    </message>
    <message>
        <source>One cache shared by all sequences (kv_unified).</source>
        <translation>所有序列共用一个缓存（kv_unified）。</translation>
    </message>
    <message>
        <source>Sliding-window layers keep the whole context too (--swa-full).</source>
        <translation>滑动窗口层也保留整个上下文（--swa-full）。</translation>
    </message>
    <message>
        <source>The cache holds the latent, not the expanded keys and values.</source>
        <translation>缓存保存潜变量，而非展开后的键和值。</translation>
    </message>
    <message>
        <source>Detailed: byte by byte. The others are published rules of thumb, for comparison.</source>
        <translation>详细：逐字节计算。其余是已发表的经验法则，供比较。</translation>
    </message>
    <message>
        <source>Decides how many states each trained parameter carries, and in how many bits.</source>
        <translation>决定每个训练参数带多少状态，各占多少位。</translation>
    </message>
    <message>
        <source>Recomputes activations in the backward pass instead of keeping them.</source>
        <translation>在反向中重新计算激活，而不保留。</translation>
    </message>
    <message>
        <source>1 checkpoints every layer; with 2, every second one keeps all it computed and is not run again.</source>
        <translation>1 表示每层都设检查点；2 表示每隔一层保留全部计算结果而不重算。</translation>
    </message>
    <message>
        <source>Cross entropy over the vocabulary: all logits at once, in chunks, or fused with the head.</source>
        <translation>词表上的交叉熵：一次算出所有 logits、分块，或与输出头融合。</translation>
    </message>
    <message>
        <source>Micro-batches whose gradients are added up before a step.</source>
        <translation>每次更新前累加梯度的微批数。</translation>
    </message>
    <message>
        <source>Which linear layers get adapters.</source>
        <translation>哪些线性层带适配器。</translation>
    </message>
    <message>
        <source>Steps each parameter as soon as its gradient is there, so that gradients never pile up.</source>
        <translation>梯度一到就更新相应参数，梯度不会累积。</translation>
    </message>
    <message>
        <source>Weight-decomposed adapters: a magnitude vector per target and more activations.</source>
        <translation>权重分解适配器：每个目标一个幅值向量，激活也更多。</translation>
    </message>
    <message>
        <source>torch.compile fuses elementwise operations, which saves fewer intermediates.</source>
        <translation>torch.compile 融合逐元素运算，保留的中间结果更少。</translation>
    </message>
    <message>
        <source>Preference training holds pairs and a reference model; reinforcement learning adds reward and value models and an engine that generates; distillation adds a teacher.</source>
        <translation>偏好训练保留样本对和参考模型；强化学习再加奖励模型、价值模型和生成引擎；蒸馏再加教师模型。</translation>
    </message>
    <message>
        <source>The policy to compare with: a copy, the frozen base without its adapter, on the host, or its answers alone.</source>
        <translation>用于比较的策略：一份副本、去掉适配器的冻结基座、放在主机上，或仅其输出。</translation>
    </message>
    <message>
        <source>The teacher: a model of the catalogue or billions of parameters.</source>
        <translation>教师模型：目录中的模型，或以十亿计的参数量。</translation>
    </message>
    <message>
        <source>Who generates completions: the model itself, an engine on the same device, or a server elsewhere.</source>
        <translation>由谁生成补全：模型自身、同一设备上的引擎，或别处的服务器。</translation>
    </message>
    <message>
        <source>Share of the device the rollout engine claims.</source>
        <translation>rollout 引擎占用设备的份额。</translation>
    </message>
    <message>
        <source>The rollout engine gives its memory back while the policy trains (vLLM sleep mode).</source>
        <translation>策略训练期间 rollout 引擎交还内存（vLLM sleep mode）。</translation>
    </message>
    <message>
        <source>Tokens of a sequence that the loss is over; they have logits.</source>
        <translation>序列中参与损失的 token；它们有 logits。</translation>
    </message>
    <message>
        <source>Splits every layer over this many devices.</source>
        <translation>把每一层切分到这么多台设备上。</translation>
    </message>
    <message>
        <source>Gives each device a run of whole layers.</source>
        <translation>让每台设备承担一段连续的完整层。</translation>
    </message>
    <message>
        <source>Chunks of layers per pipeline stage (interleaved schedule).</source>
        <translation>每个流水线级的层块数（交错调度）。</translation>
    </message>
    <message>
        <source>Replicas that see different data; what sharding splits over.</source>
        <translation>处理不同数据的副本；分片在其间进行。</translation>
    </message>
    <message>
        <source>What data-parallel replicas share instead of each keeping it: optimizer states, gradients, weights.</source>
        <translation>数据并行副本共同分担而非各存一份的内容：优化器状态、梯度、权重。</translation>
    </message>
    <message>
        <source>Splits each sequence over this many devices.</source>
        <translation>把每条序列切分到这么多台设备上。</translation>
    </message>
    <message>
        <source>Spreads whole experts over this many devices.</source>
        <translation>把完整的专家分布到这么多台设备上。</translation>
    </message>
    <message>
        <source>Tensor parallelism inside the experts.</source>
        <translation>专家内部的张量并行。</translation>
    </message>
    <message>
        <source>Splits norms and residuals over the tensor-parallel group as well.</source>
        <translation>把归一化与残差也切分到张量并行组。</translation>
    </message>
    <message>
        <source>Share of the device&apos;s memory to keep free.</source>
        <translation>要保持空闲的设备内存份额。</translation>
    </message>
    <message>
        <source>Layers kept on the device (--n-gpu-layers). Empty: all of them.</source>
        <translation>留在设备上的层数（--n-gpu-layers）。留空：全部。</translation>
    </message>
    <message>
        <source>Layers whose experts stay in host memory (--n-cpu-moe). Empty: none.</source>
        <translation>专家留在主机内存的层数（--n-cpu-moe）。留空：无。</translation>
    </message>
    <message>
        <source>Keeps the KV cache in host memory.</source>
        <translation>把 KV 缓存放在主机内存。</translation>
    </message>
    <message>
        <source>Where optimizer states lie between steps.</source>
        <translation>优化器状态在两步之间存放的位置。</translation>
    </message>
    <message>
        <source>Where weights lie until a layer needs them.</source>
        <translation>权重在某层用到之前存放的位置。</translation>
    </message>
    <message>
        <source>Where checkpoints wait for the backward pass.</source>
        <translation>检查点等待反向时存放的位置。</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Does not run</source>
        <translation>无法运行</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Total, %1</source>
        <translation>合计，%1</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>剩余</translation>
    </message>
    <message>
        <source>Nothing bounds it</source>
        <translation>没有上限</translation>
    </message>
    <message>
        <source>copies of the model</source>
        <translation>份模型副本</translation>
    </message>
    <message>
        <source>data parallel</source>
        <translation>数据并行</translation>
    </message>
    <message>
        <source>tensor parallel</source>
        <translation>张量并行</translation>
    </message>
    <message>
        <source>pipeline stages</source>
        <translation>流水线级</translation>
    </message>
    <message>
        <source>context parallel</source>
        <translation>上下文并行</translation>
    </message>
    <message>
        <source>A ceiling, not a prediction: no engine is faster, most are well below.
%1
= %2 tokens × %3 GB/s ÷ (%4 + %5)</source>
        <translation>这是上限，不是预测：没有引擎比它快，多数远低于它。
%1
= %2 token × %3 GB/s ÷（%4 + %5）</translation>
    </message>
    <message>
        <source>, times %1 copies</source>
        <translation>，乘以 %1 份副本</translation>
    </message>
    <message>
        <source>%1 × %2 $ an hour for “%3” at %4, as listed on %5
%6</source>
        <translation>%4 的“%3”：%1 × 每小时 %2 美元，价目日期 %5
%6</translation>
    </message>
    <message>
        <source>Your own number; empty it for the least that fits</source>
        <translation>你指定的数量；清空则取放得下的最小值</translation>
    </message>
    <message>
        <source>The least number that fits; type another to ask for it</source>
        <translation>放得下的最小数量；输入其他数量即可查询</translation>
    </message>
    <message>
        <source>Not modelled: %1</source>
        <translation>未建模：%1</translation>
    </message>
    <message>
        <source>Pinned to the chart</source>
        <translation>已固定到图表</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>The least number of devices that fits; type your own</source>
        <translation>放得下的最少设备数；也可自行输入</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>是否放得下</translation>
    </message>
    <message>
        <source>Left, %1</source>
        <translation>剩余，%1</translation>
    </message>
    <message>
        <source>What is left of the fullest device</source>
        <translation>占用最多的设备所剩内存</translation>
    </message>
    <message>
        <source>Max users</source>
        <translation>最多用户</translation>
    </message>
    <message>
        <source>Max batch</source>
        <translation>最大批</translation>
    </message>
    <message>
        <source>Sequences of the asked context at once, over all copies</source>
        <translation>所问上下文长度下，所有副本同时容纳的序列数</translation>
    </message>
    <message>
        <source>The largest micro-batch</source>
        <translation>最大的微批</translation>
    </message>
    <message>
        <source>Max context</source>
        <translation>最长上下文</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Of one device: what a process can allocate, %1</source>
        <translation>单台设备：进程可分配的内存，%1</translation>
    </message>
    <message>
        <source>GB/s</source>
        <translation>GB/s</translation>
    </message>
    <message>
        <source>Memory bandwidth of one device</source>
        <translation>单台设备的内存带宽</translation>
    </message>
    <message>
        <source>≤ tok/s</source>
        <translation>≤ tok/s</translation>
    </message>
    <message>
        <source>Ceiling of generation from memory bandwidth, all sequences together:
%1</source>
        <translation>由内存带宽得出的生成速度上限，所有序列合计：
%1</translation>
    </message>
    <message>
        <source>W</source>
        <translation>W</translation>
    </message>
    <message>
        <source>Power limit of one device</source>
        <translation>单台设备的功耗上限</translation>
    </message>
    <message>
        <source>$/h (listed)</source>
        <translation>美元/小时（标价）</translation>
    </message>
    <message>
        <source>On demand, all devices, with the month of the list</source>
        <translation>按需价，全部设备，附价目月份</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>年份</translation>
    </message>
    <message>
        <source>Take it off the chart</source>
        <translation>从图表移除</translation>
    </message>
    <message>
        <source>Pin it to the chart</source>
        <translation>固定到图表</translation>
    </message>
    <message>
        <source>None of these runs it; Plan lays it out over a fleet</source>
        <translation>这些都无法运行；可在“规划”页分布到设备集群上</translation>
    </message>
    <message>
        <source>None of these runs it</source>
        <translation>这些都无法运行</translation>
    </message>
    <message>
        <source>devices idle</source>
        <translation>有设备闲置</translation>
    </message>
    <message>
        <source>more devices than named</source>
        <translation>设备多于所列</translation>
    </message>
    <message>
        <source>context is cut</source>
        <translation>上下文被截断</translation>
    </message>
    <message>
        <source>the engine refuses it</source>
        <translation>引擎拒绝运行</translation>
    </message>
    <message>
        <source>unknown to the engine</source>
        <translation>引擎不认识</translation>
    </message>
    <message>
        <source>cache stays unquantized</source>
        <translation>缓存未量化</translation>
    </message>
    <message>
        <source>unknown accelerator</source>
        <translation>未知加速器</translation>
    </message>
    <message>
        <source>unknown training code</source>
        <translation>未知训练代码</translation>
    </message>
    <message>
        <source>no room for a KV cache</source>
        <translation>没有 KV 缓存的空间</translation>
    </message>
    <message>
        <source>weight format assumed</source>
        <translation>权重格式为假定</translation>
    </message>
    <message>
        <source>calibration set aside</source>
        <translation>校准未采用</translation>
    </message>
    <message>
        <source>⚠ beyond the trained %1</source>
        <translation>⚠ 超出训练长度 %1</translation>
    </message>
    <message>
        <source>The model was trained for %1 tokens, %2 are asked. Memory is counted for all of them; what the model makes of them is another question.</source>
        <translation>模型按 %1 个 token 训练，所问为 %2 个。内存按全部计算；模型效果如何是另一回事。</translation>
    </message>
    <message>
        <source>ⓘ model ends at %1</source>
        <translation>ⓘ 模型止于 %1</translation>
    </message>
    <message>
        <source>There would be memory for %1 tokens, but the model was trained for %2.</source>
        <translation>内存可容纳 %1 个 token，但模型只按 %2 个训练。</translation>
    </message>
    <message>
        <source>✕ does not run</source>
        <translation>✕ 无法运行</translation>
    </message>
    <message>
        <source>⚠ %1</source>
        <translation>⚠ %1</translation>
    </message>
    <message>
        <source>✂ %1 not counted</source>
        <translation>✂ 未计入 %1</translation>
    </message>
    <message>
        <source>✂ %1 things not counted</source>
        <translation>✂ %1 项未计入</translation>
    </message>
    <message>
        <source>Memory depends on it, and it is not counted: %1.</source>
        <translation>影响内存但未计入：%1。</translation>
    </message>
    <message numerus="yes">
        <source>⚠ %n settings without effect</source>
        <translation>
            <numerusform>⚠ %n 项设置无效果</numerusform>
        </translation>
    </message>
    <message>
        <source>KV pool</source>
        <translation>KV 池</translation>
    </message>
    <message>
        <source>KV tokens</source>
        <translation>KV token</translation>
    </message>
    <message>
        <source>KV cache per token</source>
        <translation>每 token KV 缓存</translation>
    </message>
    <message>
        <source>Trainable parameters</source>
        <translation>可训练参数</translation>
    </message>
    <message>
        <source>Allocated, peak</source>
        <translation>已分配峰值</translation>
    </message>
    <message>
        <source>Reserved, peak</source>
        <translation>已保留峰值</translation>
    </message>
    <message>
        <source>Whole device</source>
        <translation>整台设备</translation>
    </message>
    <message>
        <source>%1, host</source>
        <translation>%1，主机</translation>
    </message>
    <message>
        <source>Needs %1</source>
        <translation>需要 %1</translation>
    </message>
    <message>
        <source>Fits — %1 of %2, %3 left in the KV pool</source>
        <translation>放得下 — %1 / %2，KV 池剩余 %3</translation>
    </message>
    <message>
        <source>Fits — %1 of %2, %3 left</source>
        <translation>放得下 — %1 / %2，剩余 %3</translation>
    </message>
    <message>
        <source>Fits as far as modelled — %1 of %2, %3 left in the KV pool</source>
        <translation>按模型放得下 — %1 / %2，KV 池剩余 %3</translation>
    </message>
    <message>
        <source>Fits as far as modelled — %1 of %2, %3 left</source>
        <translation>按模型放得下 — %1 / %2，剩余 %3</translation>
    </message>
    <message>
        <source>Tight — %1 of %2, %3 left in the KV pool</source>
        <translation>紧张 — %1 / %2，KV 池剩余 %3</translation>
    </message>
    <message>
        <source>Tight — %1 of %2, %3 left</source>
        <translation>紧张 — %1 / %2，剩余 %3</translation>
    </message>
    <message>
        <source>Tight as far as modelled — %1 of %2, %3 left in the KV pool</source>
        <translation>按模型紧张 — %1 / %2，KV 池剩余 %3</translation>
    </message>
    <message>
        <source>Tight as far as modelled — %1 of %2, %3 left</source>
        <translation>按模型紧张 — %1 / %2，剩余 %3</translation>
    </message>
    <message>
        <source>Tight — %1 of %2, %3 over that cached blocks give back</source>
        <translation>紧张 — %1 / %2，超出的 %3 由缓存块让出</translation>
    </message>
    <message>
        <source>Does not run — %1</source>
        <translation>无法运行 — %1</translation>
    </message>
    <message>
        <source>Does not fit — %1 of %2, %3 short in the KV pool</source>
        <translation>放不下 — %1 / %2，KV 池缺 %3</translation>
    </message>
    <message>
        <source>Does not fit — %1 of %2, %3 short</source>
        <translation>放不下 — %1 / %2，缺 %3</translation>
    </message>
    <message>
        <source>not modelled: %1</source>
        <translation>未建模：%1</translation>
    </message>
    <message>
        <source>%1 decides</source>
        <translation>由%1决定</translation>
    </message>
    <message>
        <source>on each of %1 devices</source>
        <translation>%1 台设备每台如此</translation>
    </message>
    <message>
        <source>measured runs suggest %1 – %2</source>
        <translation>实测运行显示 %1 – %2</translation>
    </message>
    <message>
        <source>peak: %1</source>
        <translation>峰值：%1</translation>
    </message>
    <message>
        <source>the engine claims %1</source>
        <translation>引擎占用 %1</translation>
    </message>
    <message>
        <source>%1 of device memory can be allocated</source>
        <translation>设备内存可分配 %1</translation>
    </message>
    <message>
        <source>%1 in host memory</source>
        <translation>主机内存 %1</translation>
    </message>
    <message>
        <source>Inference with %1</source>
        <translation>用 %1 推理</translation>
    </message>
    <message>
        <source>LoRA with %1</source>
        <translation>用 %1 做 LoRA</translation>
    </message>
    <message>
        <source>QLoRA with %1</source>
        <translation>用 %1 做 QLoRA</translation>
    </message>
    <message>
        <source>Full training with %1</source>
        <translation>用 %1 全参训练</translation>
    </message>
    <message>
        <source>batch %1</source>
        <translation>批大小 %1</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 token</translation>
    </message>
    <message>
        <source>%1 … %2, subnormal from %3 · next after 1: 1 + %4 · %5</source>
        <translation>%1 … %2，次正规数始于 %3 · 1 之后：1 + %4 · %5</translation>
    </message>
    <message>
        <source>no decimal digit is sure</source>
        <translation>没有可靠的十进制位</translation>
    </message>
    <message numerus="yes">
        <source>%n sure decimal digits</source>
        <translation>
            <numerusform>%n 位可靠的十进制数字</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 0: exponent and mantissa are zero</source>
        <translation>%1 0：指数与尾数均为零</translation>
    </message>
    <message>
        <source>%1 infinity: the exponent is all ones, the mantissa zero</source>
        <translation>%1 无穷：指数全为一，尾数为零</translation>
    </message>
    <message>
        <source>not a number: the exponent is all ones</source>
        <translation>非数：指数全为一</translation>
    </message>
    <message>
        <source>subnormal: no leading 1</source>
        <translation>次正规：没有前导 1</translation>
    </message>
    <message>
        <source>sign %1 · exponent %2 − %3 = %4 · mantissa %5   →   %6 2%7 × (1 + %8)</source>
        <translation>符号 %1 · 指数 %2 − %3 = %4 · 尾数 %5   →   %6 2%7 × (1 + %8)</translation>
    </message>
    <message>
        <source>underflows to zero</source>
        <translation>下溢为零</translation>
    </message>
    <message>
        <source>beyond the largest number</source>
        <translation>超出最大值</translation>
    </message>
    <message>
        <source>kept at the largest number</source>
        <translation>截取为最大值</translation>
    </message>
    <message>
        <source>subnormal: fewer digits</source>
        <translation>次正规：位数更少</translation>
    </message>
    <message>
        <source>rounds to zero beside %1</source>
        <translation>与 %1 相比舍入为零</translation>
    </message>
    <message>
        <source>kept at the largest code</source>
        <translation>截取为最大编码</translation>
    </message>
    <message>
        <source>code %1 × scale %2   (%3)</source>
        <translation>编码 %1 × 缩放 %2   （%3）</translation>
    </message>
    <message>
        <source>a row of the matrix shares a scale</source>
        <translation>矩阵的一行共用一个缩放</translation>
    </message>
    <message>
        <source>%1 values share a scale</source>
        <translation>%1 个值共用一个缩放</translation>
    </message>
    <message>
        <source>%1 · %2 codes</source>
        <translation>%1 · %2 个编码</translation>
    </message>
    <message>
        <source>not a number</source>
        <translation>不是数字</translation>
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
        <translation>Lightning attention</translation>
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
        <translation>短卷积</translation>
    </message>
    <message>
        <source>Kimi delta attention</source>
        <translation>Kimi delta attention</translation>
    </message>
    <message>
        <source>Matrix LSTM</source>
        <translation>矩阵 LSTM</translation>
    </message>
    <message>
        <source>GQA</source>
        <translation>GQA</translation>
    </message>
    <message>
        <source>%1, shared cache</source>
        <translation>%1，共享缓存</translation>
    </message>
    <message>
        <source>%1, window</source>
        <translation>%1，窗口</translation>
    </message>
    <message>
        <source>%1, window, shared cache</source>
        <translation>%1，窗口，共享缓存</translation>
    </message>
    <message>
        <source>%1, chunks</source>
        <translation>%1，分块</translation>
    </message>
    <message>
        <source>MLA, sparse</source>
        <translation>MLA，稀疏</translation>
    </message>
    <message>
        <source>Cross-attention</source>
        <translation>交叉注意力</translation>
    </message>
    <message>
        <source>Both ways</source>
        <translation>双向</translation>
    </message>
    <message>
        <source>cross-attention</source>
        <translation>交叉注意力</translation>
    </message>
    <message>
        <source>%1 (encoder)</source>
        <translation>%1（编码器）</translation>
    </message>
    <message>
        <source>gated, %1</source>
        <translation>门控，%1</translation>
    </message>
    <message>
        <source>plain, %1</source>
        <translation>普通，%1</translation>
    </message>
    <message>
        <source>%1/%2 × %3</source>
        <translation>%1/%2 × %3</translation>
    </message>
    <message>
        <source> + shared %1</source>
        <translation> + 共享 %1</translation>
    </message>
    <message>
        <source> + dense %1</source>
        <translation> + 稠密 %1</translation>
    </message>
    <message>
        <source>tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Every layer over several devices</source>
        <translation>每层切分到多台设备</translation>
    </message>
    <message>
        <source>pipeline</source>
        <translation>流水线</translation>
    </message>
    <message>
        <source>Runs of whole layers on each device</source>
        <translation>每台设备承担连续的若干完整层</translation>
    </message>
    <message>
        <source>data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Replicas with different data</source>
        <translation>处理不同数据的副本</translation>
    </message>
    <message>
        <source>context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Each sequence over several devices</source>
        <translation>每条序列切分到多台设备</translation>
    </message>
    <message>
        <source>expert</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Whole experts over several devices</source>
        <translation>完整专家分布到多台设备</translation>
    </message>
    <message>
        <source>sharding</source>
        <translation>分片</translation>
    </message>
    <message>
        <source>What replicas share instead of each keeping it</source>
        <translation>副本共同分担而非各存一份的内容</translation>
    </message>
    <message>
        <source>checkpointing</source>
        <translation>重计算</translation>
    </message>
    <message>
        <source>What is computed again in the backward pass</source>
        <translation>反向中重新计算的内容</translation>
    </message>
    <message>
        <source>micro-batch</source>
        <translation>微批</translation>
    </message>
    <message>
        <source>Sequences of one pass</source>
        <translation>一次前向的序列数</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Formats of the weights</source>
        <translation>权重的格式</translation>
    </message>
    <message>
        <source>A plan needs its fleet: choose an accelerator</source>
        <translation>规划需要设备：请选择加速器</translation>
    </message>
    <message>
        <source>A plan is for devices that are alike; name one kind</source>
        <translation>规划要求设备相同；请只用一种</translation>
    </message>
    <message>
        <source>Rules of thumb know no layouts; a plan takes the detailed method</source>
        <translation>经验法则没有布局概念；规划使用详细方法</translation>
    </message>
    <message>
        <source>Those are %1 layouts; keep one of the parts</source>
        <translation>共有 %1 种布局；请固定其中某些部分</translation>
    </message>
    <message>
        <source>one device</source>
        <translation>一台设备</translation>
    </message>
    <message>
        <source>No layout fits</source>
        <translation>没有放得下的布局</translation>
    </message>
    <message>
        <source>no checkpointing</source>
        <translation>无重计算</translation>
    </message>
    <message>
        <source>%1 checkpointing</source>
        <translation>重计算 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n devices</source>
        <translation>
            <numerusform>%n 台设备</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 × %2 sequences</source>
        <translation>%1 × %2 条序列</translation>
    </message>
    <message>
        <source>needs %1</source>
        <translation>需要 %1</translation>
    </message>
    <message>
        <source>Open as a scenario</source>
        <translation>作为方案打开</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>布局</translation>
    </message>
    <message>
        <source>Tensor, pipeline, data, context and expert parallel</source>
        <translation>张量、流水线、数据、上下文与专家并行</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Computed again in the backward pass</source>
        <translation>在反向中重新计算</translation>
    </message>
    <message>
        <source>Micro-batch</source>
        <translation>微批</translation>
    </message>
    <message>
        <source>Sequences of a pass × passes of a step</source>
        <translation>一次前向的序列数 × 一步的前向次数</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Needs, %1</source>
        <translation>需要，%1</translation>
    </message>
    <message>
        <source>Sent a step</source>
        <translation>每步发送</translation>
    </message>
    <message>
        <source>What a device sends in a step, %1</source>
        <translation>一台设备在一步中发送的数据，%1</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Largest batch</source>
        <translation>最大批</translation>
    </message>
    <message>
        <source>Longest context</source>
        <translation>最长上下文</translation>
    </message>
    <message>
        <source>Most users</source>
        <translation>最多用户</translation>
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
        <translation>复制为(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Paste command…</source>
        <translation>粘贴命令(&amp;P)…</translation>
    </message>
    <message>
        <source>Read a &amp;log…</source>
        <translation>读取日志(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Remove the calibration</source>
        <translation>移除校准(&amp;R)</translation>
    </message>
    <message>
        <source>There is no such command for this scenario</source>
        <translation>此方案没有这样的命令</translation>
    </message>
    <message>
        <source>On the clipboard: %1</source>
        <translation>已复制到剪贴板：%1</translation>
    </message>
    <message>
        <source>The scenario is accounted for as %1 serves it; this command starts %2.</source>
        <translation>方案按 %1 部署计算；此命令启动的是 %2。</translation>
    </message>
    <message>
        <source>The scenario is set as the command says.</source>
        <translation>方案已按命令设置。</translation>
    </message>
    <message>
        <source>The scenario is set as the command says. Not understood, or without a say in memory:
%1</source>
        <translation>方案已按命令设置。未识别或不影响内存的部分：
%1</translation>
    </message>
    <message>
        <source>Export the chart</source>
        <translation>导出图表</translation>
    </message>
    <message>
        <source>Could not write %1</source>
        <translation>无法写入 %1</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>已写入：%1</translation>
    </message>
    <message>
        <source>Could not copy the chart</source>
        <translation>无法复制图表</translation>
    </message>
    <message>
        <source>The chart is on the clipboard, as a picture and as SVG.</source>
        <translation>图表已复制到剪贴板（图片与 SVG）。</translation>
    </message>
    <message>
        <source>Export the table</source>
        <translation>导出表格</translation>
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
        <translation>表格已复制到剪贴板。</translation>
    </message>
    <message>
        <source>menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>keys</source>
        <translation>键</translation>
    </message>
    <message>
        <source>what they do</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>Headroom and other calculators</source>
        <translation>Headroom 与其他计算器</translation>
    </message>
    <message>
        <source>The same jobs, answered by Headroom now and by other calculators in August 2026. What is true is what the engine itself allocates, what was published as measured, or, where the row says so, the most accurate estimator known.</source>
        <translation>同样的任务，由现在的 Headroom 与 2026 年 8 月的其他计算器作答。真值取自引擎自身的分配、已发表的实测值，或在该行注明处取已知最准确的估算器。</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>True</source>
        <translation>真值</translation>
    </message>
    <message>
        <source>Headroom</source>
        <translation>Headroom</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>Others&apos; errors</source>
        <translation>其他计算器的误差</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>How much accelerator memory a transformer language model needs, byte by byte, with the reason for every byte.</source>
        <translation>Transformer 语言模型需要多少加速器内存，逐字节给出，每个字节都有依据。</translation>
    </message>
    <message>
        <source>%1 models and %2 accelerators are built in; nothing is sent anywhere.</source>
        <translation>内置 %1 个模型和 %2 种加速器；不向任何地方发送数据。</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later; it uses Qt %1 and Qt Charts (GPL 3).</source>
        <translation>自由软件，采用 GNU 通用公共许可证第 3 版或更新版本；使用 Qt %1 和 Qt Charts（GPL 3）。</translation>
    </message>
    <message>
        <source>About Headroom</source>
        <translation>关于 Headroom</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>Clear list</source>
        <translation>清空列表</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;New</source>
        <translation>新建(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;model…</source>
        <translation>打开模型(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Import training recipe…</source>
        <translation>导入训练配方(&amp;I)…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>导出(&amp;E)</translation>
    </message>
    <message>
        <source>Break&amp;down or comparison as PNG, SVG or PDF…</source>
        <translation>内存构成或对比图，存为 PNG、SVG 或 PDF(&amp;D)…</translation>
    </message>
    <message>
        <source>Memory &amp;bar as PNG, SVG or PDF…</source>
        <translation>内存条，存为 PNG、SVG 或 PDF(&amp;B)…</translation>
    </message>
    <message>
        <source>&amp;Context plot as PNG, SVG or PDF…</source>
        <translation>上下文曲线，存为 PNG、SVG 或 PDF(&amp;C)…</translation>
    </message>
    <message>
        <source>Table as CS&amp;V…</source>
        <translation>表格存为 CSV(&amp;V)…</translation>
    </message>
    <message>
        <source>Table as &amp;Markdown…</source>
        <translation>表格存为 Markdown(&amp;M)…</translation>
    </message>
    <message>
        <source>Export reci&amp;pe</source>
        <translation>导出训练配方(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>&amp;Open what is on the clipboard</source>
        <translation>打开剪贴板内容(&amp;O)</translation>
    </message>
    <message>
        <source>Copy &amp;chart</source>
        <translation>复制图表(&amp;C)</translation>
    </message>
    <message>
        <source>Copy table as &amp;Markdown</source>
        <translation>复制表格为 Markdown(&amp;M)</translation>
    </message>
    <message>
        <source>Copy table as CS&amp;V</source>
        <translation>复制表格为 CSV(&amp;V)</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>语言(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Explore</source>
        <translation>探索(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>对比(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Devices</source>
        <translation>设备(&amp;D)</translation>
    </message>
    <message>
        <source>S&amp;weep and map</source>
        <translation>扫描与热图(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Plan</source>
        <translation>规划(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>E&amp;xplain</source>
        <translation>解释(&amp;X)</translation>
    </message>
    <message>
        <source>E&amp;vidence</source>
        <translation>实证(&amp;V)</translation>
    </message>
    <message>
        <source>Lear&amp;n</source>
        <translation>学习(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Last message</source>
        <translation>上一条消息(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Unit</source>
        <translation>单位(&amp;U)</translation>
    </message>
    <message>
        <source>Gi&amp;B, 2³⁰ bytes</source>
        <translation>GiB，2³⁰ 字节(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;GB, 10⁹ bytes</source>
        <translation>GB，10⁹ 字节(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Scenario</source>
        <translation>方案(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>复制方案(&amp;D)</translation>
    </message>
    <message>
        <source>Cl&amp;ose</source>
        <translation>关闭(&amp;O)</translation>
    </message>
    <message>
        <source>Compare the others &amp;with this one</source>
        <translation>以此为基准对比其他方案(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>下一个(&amp;N)</translation>
    </message>
    <message>
        <source>Find a &amp;model</source>
        <translation>查找模型(&amp;M)</translation>
    </message>
    <message>
        <source>Find an &amp;accelerator</source>
        <translation>查找加速器(&amp;A)</translation>
    </message>
    <message>
        <source>Longest &amp;context that fits</source>
        <translation>放得下的最长上下文(&amp;C)</translation>
    </message>
    <message>
        <source>Largest &amp;batch that fits</source>
        <translation>放得下的最大批(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;What has the focus</source>
        <translation>当前焦点控件(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Glossary</source>
        <translation>术语表(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Keyboard</source>
        <translation>键盘(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Privacy</source>
        <translation>隐私(&amp;P)</translation>
    </message>
    <message>
        <source>What&apos;s &amp;new</source>
        <translation>新增内容(&amp;N)</translation>
    </message>
    <message>
        <source>Headroom and &amp;other calculators</source>
        <translation>Headroom 与其他计算器(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;About Headroom</source>
        <translation>关于 Headroom(&amp;A)</translation>
    </message>
    <message>
        <source>data parallel %1</source>
        <translation>数据并行 %1</translation>
    </message>
    <message>
        <source>tensor parallel %1</source>
        <translation>张量并行 %1</translation>
    </message>
    <message>
        <source>pipeline parallel %1</source>
        <translation>流水线并行 %1</translation>
    </message>
    <message>
        <source>context parallel %1</source>
        <translation>上下文并行 %1</translation>
    </message>
    <message>
        <source>expert parallel %1</source>
        <translation>专家并行 %1</translation>
    </message>
    <message>
        <source>weights %1</source>
        <translation>权重 %1</translation>
    </message>
    <message>
        <source>rank %1</source>
        <translation>秩 %1</translation>
    </message>
    <message>
        <source>KV cache %1</source>
        <translation>KV 缓存 %1</translation>
    </message>
    <message>
        <source>context %1</source>
        <translation>上下文 %1</translation>
    </message>
    <message>
        <source>Write a report</source>
        <translation>写出报告</translation>
    </message>
    <message>
        <source>PDF document (*.pdf);;HTML page (*.html)</source>
        <translation>PDF 文档 (*.pdf);;HTML 页面 (*.html)</translation>
    </message>
    <message>
        <source>Report as PDF or HTM&amp;L…</source>
        <translation>报告（PDF 或 HTML）(&amp;L)…</translation>
    </message>
    <message>
        <source>Smallest: %1, %2 left</source>
        <translation>最小：%1，剩余 %2</translation>
    </message>
    <message>
        <source>Smallest: %1, tight, %2 left</source>
        <translation>最小：%1，紧张，剩余 %2</translation>
    </message>
    <message>
        <source>Cheapest: %1, %2 $ an hour (listed %3)</source>
        <translation>最便宜：%1，每小时 %2 美元（%3 标价）</translation>
    </message>
    <message>
        <source>%1 over that cached blocks give back</source>
        <translation>超出的 %1 由缓存块让出</translation>
    </message>
    <message>
        <source>Smallest: %1, tight, %2 over that cached blocks give back</source>
        <translation>最小：%1，紧张，超出的 %2 由缓存块让出</translation>
    </message>
    <message>
        <source>Next a&amp;rea</source>
        <translation>下一区域(&amp;R)</translation>
    </message>
    <message>
        <source>Previous &amp;area</source>
        <translation>上一区域(&amp;A)</translation>
    </message>
    <message>
        <source>With room: %1, %2 left</source>
        <translation>有余量：%1，剩余 %2</translation>
    </message>
    <message>
        <source>PNG picture</source>
        <translation>PNG 图片</translation>
    </message>
    <message>
        <source>SVG drawing</source>
        <translation>SVG 图形</translation>
    </message>
    <message>
        <source>PDF document</source>
        <translation>PDF 文档</translation>
    </message>
    <message>
        <source>Cheapest: %1, tight, %2 $ an hour (listed %3)</source>
        <translation>最便宜：%1，紧张，每小时 %2 美元（%3 标价）</translation>
    </message>
    <message>
        <source>with room: %1, %2 $ (%3)</source>
        <translation>有余量：%1，%2 美元（%3）</translation>
    </message>
</context>
<context>
    <name>headroom::ui::AdviceList</name>
    <message>
        <source>What would help</source>
        <translation>可行的办法</translation>
    </message>
    <message>
        <source>−%1</source>
        <translation>−%1</translation>
    </message>
    <message>
        <source>Apply: %1</source>
        <translation>应用：%1</translation>
    </message>
    <message>
        <source> — then it fits</source>
        <translation> — 之后就放得下</translation>
    </message>
    <message>
        <source>Costs %1</source>
        <translation>代价：%1</translation>
    </message>
</context>
<context>
    <name>headroom::ui::BreakdownChart</name>
    <message>
        <source>Memory breakdown</source>
        <translation>内存构成</translation>
    </message>
    <message>
        <source>Memory per device</source>
        <translation>每台设备的内存</translation>
    </message>
    <message>
        <source>Memory, side by side</source>
        <translation>内存并排对比</translation>
    </message>
    <message>
        <source>capacity %1</source>
        <translation>容量 %1</translation>
    </message>
    <message>
        <source>usable %1</source>
        <translation>可用 %1</translation>
    </message>
</context>
<context>
    <name>headroom::ui::CalibrationChip</name>
    <message>
        <source>%1 on the host</source>
        <translation>%1（主机）</translation>
    </message>
    <message>
        <source>KV pool %1</source>
        <translation>KV 池 %1</translation>
    </message>
    <message>
        <source>less than 0.01 in all</source>
        <translation>合计不足 0.01</translation>
    </message>
    <message>
        <source>nothing to correct</source>
        <translation>无需修正</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove the calibration</source>
        <translation>移除校准</translation>
    </message>
    <message>
        <source>Goes back to the prediction alone; can be undone.</source>
        <translation>恢复为纯预测；可撤销。</translation>
    </message>
    <message>
        <source> of %1</source>
        <translation>（%1）</translation>
    </message>
    <message>
        <source>✓ %1%2: %3</source>
        <translation>✓ %1%2：%3</translation>
    </message>
    <message>
        <source>Set aside here: %1%2, which holds for %3 with %4</source>
        <translation>此处未采用：%1%2，它适用于 %4 上的 %3</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ChipRow</name>
    <message>
        <source>+%1 more</source>
        <translation>另有 %1 项</translation>
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
        <translation>设备并排对比</translation>
    </message>
    <message>
        <source>Scenarios side by side</source>
        <translation>方案并排对比</translation>
    </message>
    <message>
        <source>%1 scenarios, each with its own verdict</source>
        <translation>%1 个方案，各有结论</translation>
    </message>
    <message>
        <source>no batch fits</source>
        <translation>没有放得下的批</translation>
    </message>
    <message>
        <source>batch: no limit known</source>
        <translation>批大小：未知上限</translation>
    </message>
    <message>
        <source>batch ≤ %1</source>
        <translation>批大小 ≤ %1</translation>
    </message>
    <message>
        <source>no context fits</source>
        <translation>没有放得下的上下文</translation>
    </message>
    <message>
        <source>context ≤ %1</source>
        <translation>上下文 ≤ %1</translation>
    </message>
    <message>
        <source>The same question on other devices</source>
        <translation>同样的问题，换其他设备</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 devices, each with its own verdict</source>
        <translation>%1 种设备，各有结论</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ComparePage</name>
    <message>
        <source>Add a copy to change</source>
        <translation>添加一份副本来修改</translation>
    </message>
    <message>
        <source>What is plotted against the context</source>
        <translation>随上下文绘制的内容</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>What is plotted</source>
        <translation>绘制内容</translation>
    </message>
    <message>
        <source>against the context</source>
        <translation>随上下文变化</translation>
    </message>
    <message>
        <source>Differences to</source>
        <translation>与之相比</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>Scenarios beside each other</source>
        <translation>方案并列</translation>
    </message>
    <message>
        <source>%1 scenarios of this document</source>
        <translation>本文档的 %1 个方案</translation>
    </message>
    <message>
        <source>One scenario so far: add a copy, change it, and both stand here</source>
        <translation>目前只有一个方案：添加副本并修改，两者就会并列于此</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ComponentModel</name>
    <message>
        <source>%1 bytes. Click: formula, numbers, source</source>
        <translation>%1 字节。点击查看公式、数值与来源</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 字节</translation>
    </message>
    <message>
        <source>%1 · calibrated</source>
        <translation>%1 · 已校准</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>组成部分</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Low – high</source>
        <translation>低 – 高</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ComponentTable</name>
    <message>
        <source>Memory by component</source>
        <translation>各组成部分的内存</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ContextChart</name>
    <message>
        <source>KV cache against context</source>
        <translation>KV 缓存随上下文变化</translation>
    </message>
    <message>
        <source>Memory against context</source>
        <translation>内存随上下文变化</translation>
    </message>
    <message>
        <source>%1 at %2 tokens</source>
        <translation>%2 token 时 %1</translation>
    </message>
    <message>
        <source>device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>%1: full at %2 tokens</source>
        <translation>%1：%2 token 时占满</translation>
    </message>
    <message>
        <source>context, tokens per sequence</source>
        <translation>上下文，每序列 token 数</translation>
    </message>
    <message>
        <source>usable %1</source>
        <translation>可用 %1</translation>
    </message>
    <message>
        <source>free for the KV cache %1</source>
        <translation>可供 KV 缓存 %1</translation>
    </message>
    <message>
        <source>free %1</source>
        <translation>空闲 %1</translation>
    </message>
    <message>
        <source>nothing usable</source>
        <translation>没有可用内存</translation>
    </message>
    <message>
        <source>nothing left for the KV cache</source>
        <translation>没有剩余内存给 KV 缓存</translation>
    </message>
    <message>
        <source>full at %1 tokens</source>
        <translation>%1 token 时占满</translation>
    </message>
    <message>
        <source>device memory that does not give way</source>
        <translation>不会让出的设备内存</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>放不下</translation>
    </message>
    <message>
        <source>full at %1</source>
        <translation>%1 时占满</translation>
    </message>
    <message>
        <source>at most %1 tokens</source>
        <translation>最多 %1 token</translation>
    </message>
</context>
<context>
    <name>headroom::ui::DevicesPage</name>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>users ×</source>
        <translation>用户 ×</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>What runs it</source>
        <translation>能运行它的设备</translation>
    </message>
    <message>
        <source>Run the scenario on it</source>
        <translation>在其上运行此方案</translation>
    </message>
    <message>
        <source>Pin it, or take it off the chart</source>
        <translation>固定到图表，或移除</translation>
    </message>
    <message>
        <source>Users at once</source>
        <translation>同时在线用户</translation>
    </message>
    <message>
        <source>Sequences held at once, by as many copies of the model as it takes; empty: the batch</source>
        <translation>同时容纳的序列数，模型副本按需增加；留空：批大小</translation>
    </message>
    <message>
        <source>Tokens of each</source>
        <translation>每位的 token</translation>
    </message>
    <message>
        <source>Tokens of each sequence: the scenario&apos;s context</source>
        <translation>每条序列的 token 数：方案的上下文</translation>
    </message>
    <message>
        <source>Search devices</source>
        <translation>搜索设备</translation>
    </message>
    <message>
        <source>Search: 4090, 48 GB, Hopper</source>
        <translation>搜索：4090、48 GB、Hopper</translation>
    </message>
    <message>
        <source>Any vendor</source>
        <translation>任意厂商</translation>
    </message>
    <message>
        <source>Any class</source>
        <translation>任意类别</translation>
    </message>
    <message>
        <source>Any memory</source>
        <translation>任意内存</translation>
    </message>
    <message>
        <source>Any power</source>
        <translation>任意功耗</translation>
    </message>
    <message>
        <source>Any year</source>
        <translation>任意年份</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>%1 年起</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>放得下</translation>
    </message>
    <message>
        <source>Only those on which it fits</source>
        <translation>仅显示放得下的设备</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Only the accelerators of this machine, with the memory that other programs leave</source>
        <translation>仅本机的加速器，按其他程序剩下的内存计算</translation>
    </message>
    <message>
        <source>MIG slices</source>
        <translation>MIG 切片</translation>
    </message>
    <message>
        <source>Parts of devices as devices of their own</source>
        <translation>把设备的分区视为独立设备</translation>
    </message>
    <message>
        <source>Nodes of 8</source>
        <translation>8 卡节点</translation>
    </message>
    <message>
        <source>Whole nodes of data-centre devices as well</source>
        <translation>也列出数据中心设备的整节点</translation>
    </message>
    <message>
        <source>Which devices are listed</source>
        <translation>列出哪些设备</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>查找中…</translation>
    </message>
    <message>
        <source>Nothing of that kind is known</source>
        <translation>没有已知的此类设备</translation>
    </message>
    <message>
        <source>, %1 in use by others</source>
        <translation>，其他程序占用 %1</translation>
    </message>
    <message>
        <source>Here: %1</source>
        <translation>本机：%1</translation>
    </message>
    <message>
        <source>NVML, sysfs and the system were asked; nothing is changed and nothing leaves this machine.</source>
        <translation>已查询 NVML、sysfs 与系统；不做任何更改，数据不离开本机。</translation>
    </message>
    <message>
        <source>No accelerator was found here</source>
        <translation>本机未找到加速器</translation>
    </message>
    <message>
        <source>Asking the drivers…</source>
        <translation>正在查询驱动…</translation>
    </message>
    <message>
        <source>Number of devices</source>
        <translation>设备数量</translation>
    </message>
    <message>
        <source>What runs %1</source>
        <translation>能运行 %1 的设备</translation>
    </message>
    <message>
        <source>sequences ×</source>
        <translation>序列 ×</translation>
    </message>
</context>
<context>
    <name>headroom::ui::DimensionEditor</name>
    <message>
        <source>Back to the original</source>
        <translation>恢复原样</translation>
    </message>
    <message>
        <source>Drops the edited copy and takes the model it was made from</source>
        <translation>丢弃修改后的副本，改回原模型</translation>
    </message>
    <message>
        <source>The head uses the token embedding&apos;s weights, which are then counted once</source>
        <translation>输出头使用词嵌入的权重，因此只计一次</translation>
    </message>
    <message>
        <source>%1 •</source>
        <translation>%1 •</translation>
    </message>
    <message>
        <source>Changed from the original</source>
        <translation>与原模型不同</translation>
    </message>
    <message>
        <source>per layer</source>
        <translation>每层</translation>
    </message>
</context>
<context>
    <name>headroom::ui::Document</name>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Add a scenario</source>
        <translation>添加方案</translation>
    </message>
    <message>
        <source>Rename a scenario</source>
        <translation>重命名方案</translation>
    </message>
    <message>
        <source>Move a scenario</source>
        <translation>移动方案</translation>
    </message>
    <message>
        <source>Close a scenario</source>
        <translation>关闭方案</translation>
    </message>
    <message>
        <source>Choose the baseline</source>
        <translation>选择基准</translation>
    </message>
</context>
<context>
    <name>headroom::ui::DropOverlay</name>
    <message>
        <source>Drop to open</source>
        <translation>松开即可打开</translation>
    </message>
    <message>
        <source>A model: config.json, a folder, .safetensors, .gguf   ·   a scenario or a report: .headroom.json, .pdf, .html   ·   a log: .log, .txt, a snapshot of PyTorch&apos;s memory</source>
        <translation>模型：config.json、文件夹、.safetensors、.gguf   ·   方案或报告：.headroom.json、.pdf、.html   ·   日志：.log、.txt、PyTorch 内存快照</translation>
    </message>
</context>
<context>
    <name>headroom::ui::EngineOptionsTable</name>
    <message>
        <source>counted: %1</source>
        <translation>已计入：%1</translation>
    </message>
    <message>
        <source>is the setting %1</source>
        <translation>即设置 %1</translation>
    </message>
    <message>
        <source>moves host memory and is not counted</source>
        <translation>影响主机内存，未计入</translation>
    </message>
    <message>
        <source>moves memory and is not counted: it will stand in the verdict</source>
        <translation>影响内存但未计入：会写进结论</translation>
    </message>
    <message>
        <source>moves no memory</source>
        <translation>不影响内存</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>已计入</translation>
    </message>
    <message>
        <source>Settings of their own</source>
        <translation>有对应设置</translation>
    </message>
    <message>
        <source>Not counted</source>
        <translation>未计入</translation>
    </message>
    <message>
        <source>Without memory</source>
        <translation>不涉及内存</translation>
    </message>
    <message>
        <source>Add by the engine&apos;s name</source>
        <translation>以引擎的名称添加</translation>
    </message>
    <message>
        <source>Add an engine option</source>
        <translation>添加引擎选项</translation>
    </message>
    <message>
        <source>Any option of the engine by its own name; the list says what becomes of each.</source>
        <translation>引擎的任意选项，用其原名；列表说明每项如何处理。</translation>
    </message>
    <message>
        <source>%1 has no option %2.%3</source>
        <translation>%1 没有选项 %2。%3</translation>
    </message>
    <message>
        <source>Take %1 back</source>
        <translation>撤回 %1</translation>
    </message>
    <message>
        <source>Back to the engine&apos;s default</source>
        <translation>恢复引擎默认值</translation>
    </message>
</context>
<context>
    <name>headroom::ui::EvidenceChart</name>
    <message>
        <source>Predicted against measured</source>
        <translation>预测与实测对比</translation>
    </message>
    <message>
        <source>all memory figures</source>
        <translation>全部内存数值</translation>
    </message>
    <message>
        <source>%1, %2: %3 figures of real runs, %4 % inside the stated band</source>
        <translation>%1，%2：真实运行的 %3 个数值，%4 % 落在给出的区间内</translation>
    </message>
    <message>
        <source>all engines</source>
        <translation>所有引擎</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; · %2&lt;br/&gt;%3: measured %4, predicted %5, %6</source>
        <translation>&lt;b&gt;%1&lt;/b&gt; · %2&lt;br/&gt;%3：实测 %4，预测 %5，%6</translation>
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
        <translation>训练</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>measured, %1</source>
        <translation>实测，%1</translation>
    </message>
    <message>
        <source>predicted, %1</source>
        <translation>预测，%1</translation>
    </message>
    <message>
        <source>No run printed such a figure.</source>
        <translation>没有运行输出过此数值。</translation>
    </message>
    <message>
        <source>Predicting the runs …</source>
        <translation>正在预测各次运行 …</translation>
    </message>
    <message>
        <source>line: equal · dashed: ±10 %</source>
        <translation>实线：相等 · 虚线：±10 %</translation>
    </message>
    <message>
        <source>inside the stated band</source>
        <translation>在给出的区间内</translation>
    </message>
    <message>
        <source>outside</source>
        <translation>区间外</translation>
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
        <translation>全部</translation>
    </message>
    <message>
        <source>By figure</source>
        <translation>按数值</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Quality of the runs</source>
        <translation>运行的质量</translation>
    </message>
    <message>
        <source>A: the run printed its whole configuration. B: one or two settings are assumed. All: more are.</source>
        <translation>A：运行输出了全部配置。B：有一两项设置为假定。全部：更多为假定。</translation>
    </message>
    <message>
        <source>Runs predicted</source>
        <translation>已预测的运行</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Errors by engine and figure</source>
        <translation>按引擎与数值的误差</translation>
    </message>
    <message>
        <source>Runs, the largest error first</source>
        <translation>运行，误差从大到小</translation>
    </message>
    <message>
        <source>All engines</source>
        <translation>所有引擎</translation>
    </message>
    <message>
        <source>All figures</source>
        <translation>所有数值</translation>
    </message>
    <message>
        <source>%1 figures, %2 % inside the stated band</source>
        <translation>%1 个数值，%2 % 在给出的区间内</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ExplainPage</name>
    <message>
        <source>Components</source>
        <translation>组成部分</translation>
    </message>
    <message>
        <source>All components</source>
        <translation>所有组成部分</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ExplainPanel</name>
    <message>
        <source>Factor</source>
        <translation>因子</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来自</translation>
    </message>
    <message>
        <source>Source:</source>
        <translation>来源：</translation>
    </message>
    <message>
        <source>%1 bytes, exact</source>
        <translation>%1 字节，精确</translation>
    </message>
    <message>
        <source>%1 bytes; measured runs suggest %2 – %3</source>
        <translation>%1 字节；实测运行显示 %2 – %3</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>解释</translation>
    </message>
    <message>
        <source>Alive at the heaviest moment of a step: %1.</source>
        <translation>在内存最高的时刻存活：%1。</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ExplorePage</name>
    <message>
        <source>One step</source>
        <translation>一步</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Plot</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Back to the chart (Esc)</source>
        <translation>返回图表（Esc）</translation>
    </message>
    <message>
        <source>Why this many bytes</source>
        <translation>为何是这么多字节</translation>
    </message>
</context>
<context>
    <name>headroom::ui::FigureModel</name>
    <message>
        <source>Worst: %1. Click to see these figures alone.</source>
        <translation>最差：%1。点击只看这些数值。</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>90 %</source>
        <translation>90 %</translation>
    </message>
    <message>
        <source>Worst</source>
        <translation>最差</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>偏差</translation>
    </message>
    <message>
        <source>In band</source>
        <translation>区间内</translation>
    </message>
    <message>
        <source>Figures that runs printed</source>
        <translation>运行输出的数值</translation>
    </message>
    <message>
        <source>Half of the predictions are off by less</source>
        <translation>一半预测的误差更小</translation>
    </message>
    <message>
        <source>Nine of ten predictions are off by less</source>
        <translation>九成预测的误差更小</translation>
    </message>
    <message>
        <source>The largest error</source>
        <translation>最大误差</translation>
    </message>
    <message>
        <source>Median of the signed errors: above zero predicts too much</source>
        <translation>带符号误差的中位数：大于零表示预测偏高</translation>
    </message>
    <message>
        <source>Share of measured figures inside the band the estimate states</source>
        <translation>实测值落在估算区间内的比例</translation>
    </message>
</context>
<context>
    <name>headroom::ui::FitBanner</name>
    <message>
        <source>Accelerator</source>
        <translation>加速器</translation>
    </message>
    <message>
        <source>Choose an accelerator</source>
        <translation>选择加速器</translation>
    </message>
    <message>
        <source>The device it is to run on. Its capacity is what a process can really allocate, not the printed size.</source>
        <translation>要运行的设备。容量指进程实际能分配的内存，而非标称大小。</translation>
    </message>
    <message>
        <source>Number of devices</source>
        <translation>设备数量</translation>
    </message>
    <message>
        <source>How many of them: serving splits the model over them, training runs one replica on each.</source>
        <translation>设备数量：部署时模型分布其上，训练时每台运行一份副本。</translation>
    </message>
</context>
<context>
    <name>headroom::ui::FloatModel</name>
    <message>
        <source>exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>位</translation>
    </message>
    <message>
        <source>Stored number</source>
        <translation>存储的数</translation>
    </message>
    <message>
        <source>Off by</source>
        <translation>偏差</translation>
    </message>
</context>
<context>
    <name>headroom::ui::FloatsExplorer</name>
    <message>
        <source>7 digits in fp32, 3 in bf16</source>
        <translation>fp32 中 7 位，bf16 中 3 位</translation>
    </message>
    <message>
        <source>No binary format holds it exactly</source>
        <translation>没有二进制格式能精确表示</translation>
    </message>
    <message>
        <source>bf16 keeps it, fp16 underflows to zero</source>
        <translation>bf16 能保留，fp16 下溢为零</translation>
    </message>
    <message>
        <source>The smallest number fp16 has at all</source>
        <translation>fp16 能表示的最小数</translation>
    </message>
    <message>
        <source>One step too far for fp16</source>
        <translation>超出 fp16 一步</translation>
    </message>
    <message>
        <source>The largest number of fp8 e4m3</source>
        <translation>fp8 e4m3 的最大数</translation>
    </message>
    <message>
        <source>A &amp;number</source>
        <translation>一个数(&amp;N)</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数</translation>
    </message>
    <message>
        <source>3.14, -1.96e-14, pi, 1/3, 2^-24</source>
        <translation>3.14, -1.96e-14, pi, 1/3, 2^-24</translation>
    </message>
    <message>
        <source>&amp;largest of its block</source>
        <translation>所在块的最大值(&amp;L)</translation>
    </message>
    <message>
        <source>Largest magnitude of its block</source>
        <translation>所在块的最大绝对值</translation>
    </message>
    <message>
        <source>int8, NF4, MXFP4 and NVFP4 share a scale among the numbers of a block: what is kept depends on the largest.</source>
        <translation>int8、NF4、MXFP4 和 NVFP4 在一个块内共用缩放：能保留多少取决于块内最大的数。</translation>
    </message>
    <message>
        <source>Try %1</source>
        <translation>试试 %1</translation>
    </message>
    <message>
        <source>The number in each format</source>
        <translation>该数在各格式中的表示</translation>
    </message>
    <message>
        <source>Not a number; write 3.14, 1e-7 or 2^-24</source>
        <translation>不是数字；请写 3.14、1e-7 或 2^-24</translation>
    </message>
</context>
<context>
    <name>headroom::ui::HelpView</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Search the help</source>
        <translation>搜索帮助</translation>
    </message>
    <message>
        <source>Pages and what was found</source>
        <translation>页面与搜索结果</translation>
    </message>
    <message>
        <source>What&apos;s new</source>
        <translation>新增内容</translation>
    </message>
    <message>
        <source>Nothing speaks of “%1”</source>
        <translation>没有关于“%1”的内容</translation>
    </message>
    <message>
        <source>This page is in English; the program&apos;s texts are translated.</source>
        <translation>本页只有英文版。</translation>
    </message>
</context>
<context>
    <name>headroom::ui::InputPanel</name>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>搜索模型</translation>
    </message>
    <message>
        <source>Type part of a name to search the catalogue and this machine; a path, a hub id (org/name) or an address works too.</source>
        <translation>输入名称的一部分可搜索目录与本机；也可输入路径、Hub ID（org/name）或网址。</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Open model</source>
        <translation>打开模型</translation>
    </message>
    <message>
        <source>Open a model from a file, a folder, the hub, an address or JSON text</source>
        <translation>从文件、文件夹、Hub、网址或 JSON 文本打开模型</translation>
    </message>
    <message>
        <source>Inference</source>
        <translation>推理</translation>
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
        <translation>全参</translation>
    </message>
    <message>
        <source>What is to be run: serving the model, training adapters on it, on a 4-bit copy of it, or training all of it.</source>
        <translation>要运行什么：部署模型、在其上训练适配器、在其 4 位副本上训练适配器，或训练全部参数。</translation>
    </message>
    <message>
        <source>Workload</source>
        <translation>任务类型</translation>
    </message>
    <message>
        <source>&amp;Precision</source>
        <translation>精度(&amp;P)</translation>
    </message>
    <message>
        <source>Number format of the weights. Any known format may be typed or looked for: bf16, fp8, nf4, Q4_K_M, 4 bit …</source>
        <translation>权重的数值格式。可输入或搜索任意已知格式：bf16、fp8、nf4、Q4_K_M、4 bit …</translation>
    </message>
    <message>
        <source>Unknown format; try bf16, fp8 or Q4_K_M</source>
        <translation>未知格式；可试 bf16、fp8 或 Q4_K_M</translation>
    </message>
    <message>
        <source>&amp;Batch</source>
        <translation>批大小(&amp;B)</translation>
    </message>
    <message>
        <source>Sequences held at once; in training the micro-batch of one device. The KV cache and activations grow with it.</source>
        <translation>同时处理的序列数；训练时为单台设备的微批。KV 缓存与激活随之增长。</translation>
    </message>
    <message>
        <source>&amp;Context</source>
        <translation>上下文(&amp;C)</translation>
    </message>
    <message>
        <source>Tokens of each sequence, prompt and answer together. 8k means 8192.</source>
        <translation>每条序列的 token 数，提示与回答合计。8k 表示 8192。</translation>
    </message>
    <message>
        <source>LoRA &amp;rank</source>
        <translation>LoRA 秩(&amp;R)</translation>
    </message>
    <message>
        <source>Inner width of the adapters: their weights, gradients and optimizer states grow with it.</source>
        <translation>适配器的内部宽度：其权重、梯度与优化器状态随之增长。</translation>
    </message>
    <message>
        <source>with QLoRA %1</source>
        <translation>用 QLoRA %1</translation>
    </message>
    <message>
        <source>QLoRA %1</source>
        <translation>QLoRA %1</translation>
    </message>
    <message>
        <source>%1 sequences</source>
        <translation>%1 条序列</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 token</translation>
    </message>
    <message>
        <source>rank %1</source>
        <translation>秩 %1</translation>
    </message>
</context>
<context>
    <name>headroom::ui::LayersModel</name>
    <message>
        <source>All %1 layers</source>
        <translation>全部 %1 层</translation>
    </message>
    <message>
        <source>%1: layers %2</source>
        <translation>%1：第 %2 层</translation>
    </message>
    <message>
        <source>%1 parameters in one layer</source>
        <translation>一层 %1 个参数</translation>
    </message>
    <message>
        <source>Kept for the last %1 tokens only, so no part of the sum</source>
        <translation>仅保留最后 %1 个 token，因此不计入总和</translation>
    </message>
    <message>
        <source>%1 bytes in one layer, %2 in all %3</source>
        <translation>一层 %1 字节，全部 %3 层 %2</translation>
    </message>
    <message>
        <source>%1 bytes of one sequence in one layer</source>
        <translation>一条序列在一层中 %1 字节</translation>
    </message>
    <message>
        <source>Query heads / key-value heads × size of a head; MLA: heads, latent + rotary width</source>
        <translation>查询头 / 键值头 × 头维度；MLA：头数，潜变量 + 旋转宽度</translation>
    </message>
    <message>
        <source>Width of the MLP; experts used / experts there are × their width</source>
        <translation>MLP 宽度；使用的专家 / 全部专家 × 其宽度</translation>
    </message>
    <message>
        <source>Bytes one layer keeps of one token in the cache&apos;s format</source>
        <translation>按缓存格式，一层为一个 token 保留的字节</translation>
    </message>
    <message>
        <source>Bytes one layer keeps of one sequence, however long it is</source>
        <translation>一层为一条序列保留的字节，与长度无关</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Which</source>
        <translation>哪些</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>注意力头</translation>
    </message>
    <message>
        <source>Heads/KV × size</source>
        <translation>头/KV × 维度</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>MLP / experts</source>
        <translation>MLP / 专家</translation>
    </message>
    <message>
        <source>MLP</source>
        <translation>MLP</translation>
    </message>
    <message>
        <source>KV per token</source>
        <translation>每 token KV</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Layers of the model</source>
        <translation>模型的层</translation>
    </message>
</context>
<context>
    <name>headroom::ui::LearnPage</name>
    <message>
        <source>Number formats</source>
        <translation>数值格式</translation>
    </message>
    <message>
        <source>Rules of thumb</source>
        <translation>经验法则</translation>
    </message>
    <message>
        <source>Worked stories</source>
        <translation>案例</translation>
    </message>
    <message>
        <source>What to learn about</source>
        <translation>学习内容</translation>
    </message>
</context>
<context>
    <name>headroom::ui::LogDialog</name>
    <message>
        <source>Read a log</source>
        <translation>读取日志</translation>
    </message>
    <message>
        <source>Calibrate this scenario</source>
        <translation>校准此方案</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Measured beside predicted</source>
        <translation>实测与预测并列</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Prediction is off by</source>
        <translation>预测偏差</translation>
    </message>
    <message>
        <source>The measured figure lies in the stated band.</source>
        <translation>实测值在给出的区间内。</translation>
    </message>
    <message>
        <source>The measured figure lies outside the stated band.</source>
        <translation>实测值在给出的区间外。</translation>
    </message>
    <message>
        <source>No line was found for: %1.</source>
        <translation>没有找到对应的行：%1。</translation>
    </message>
    <message>
        <source>Predicted as %1 would serve it; calibrating sets that engine.</source>
        <translation>按 %1 部署预测；校准会设为该引擎。</translation>
    </message>
    <message>
        <source>Predicted without the present calibration; calibrating replaces it.</source>
        <translation>预测未用当前校准；校准会替换它。</translation>
    </message>
    <message>
        <source>The weights are too far apart for one model in one format: set the scenario to the run first.</source>
        <translation>对同一模型同一格式而言权重相差太大：请先按该运行设置方案。</translation>
    </message>
    <message>
        <source>Compare like with like: the same model, formats, context and devices as in the log.</source>
        <translation>请同类相比：模型、格式、上下文与设备须与日志一致。</translation>
    </message>
    <message>
        <source>Open a log or a snapshot, drop it here, or paste its text.</source>
        <translation>打开日志或快照，拖放到这里，或粘贴其文本。</translation>
    </message>
    <message>
        <source>Servers print what their memory went to, training runs and PyTorch&apos;s snapshots what was allocated. The prediction for the scenario stands beside it.</source>
        <translation>服务器会打印内存的去向，训练运行和 PyTorch 快照记录分配了多少；本方案的预测列在旁边。</translation>
    </message>
    <message>
        <source>Logs and snapshots (*.log *.txt *.out *.gz *.pickle);;All files (*)</source>
        <translation>日志和快照 (*.log *.txt *.out *.gz *.pickle);;所有文件 (*)</translation>
    </message>
    <message>
        <source>the text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>The scenario is reckoned by a rule of thumb; only the detailed account says figures that a run prints.</source>
        <translation>本方案按经验法则估算；只有详细核算才给出运行会打印的数值。</translation>
    </message>
    <message>
        <source>These are figures of a program in PyTorch, and the scenario serves with %1. Set it to the run (LoRA, QLoRA or Full), and the prediction stands beside them.</source>
        <translation>这些是一个 PyTorch 程序的数值，而本方案用 %1 做推理。把方案设成该运行的方式（LoRA、QLoRA 或全参），预测就会列在旁边。</translation>
    </message>
    <message>
        <source>This is the log of a server, and the scenario trains. Set it to Inference, and the prediction stands beside it.</source>
        <translation>这是服务器的日志，而本方案是训练。改为推理后，预测就会列在旁边。</translation>
    </message>
    <message>
        <source>Compare like with like: the same model, method, batch, sequence length and optimizer as in the run.</source>
        <translation>请同类相比：模型、方法、批大小、序列长度和优化器都与该运行相同。</translation>
    </message>
</context>
<context>
    <name>headroom::ui::MainWindow</name>
    <message>
        <source>Headroom did not end cleanly last time; your unsaved work is back.</source>
        <translation>Headroom 上次未正常退出；未保存的工作已恢复。</translation>
    </message>
    <message>
        <source>Start fresh</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>探索</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>规划</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>解释</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>实证</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>GiB is 2³⁰ bytes, as programs allocate; GB is 10⁹ bytes, as vendors print.</source>
        <translation>GiB 为 2³⁰ 字节，程序按此分配；GB 为 10⁹ 字节，厂商按此标称。</translation>
    </message>
    <message>
        <source>+ Scenario</source>
        <translation>+ 方案</translation>
    </message>
    <message>
        <source>A copy of this scenario in the same document, to change and to compare (Ctrl+T)</source>
        <translation>在同一文档中复制此方案，用于修改和对比（Ctrl+T）</translation>
    </message>
    <message>
        <source>The dropped text</source>
        <translation>拖放的文本</translation>
    </message>
    <message numerus="yes">
        <source>%n keys</source>
        <translation>
            <numerusform>%n 个键</numerusform>
        </translation>
    </message>
    <message>
        <source>, line %1, column %2</source>
        <translation>，第 %1 行第 %2 列</translation>
    </message>
    <message>
        <source>Headroom scenarios (*.headroom.json);;All files (*)</source>
        <translation>Headroom 方案 (*.headroom.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Training recipes (*.yaml *.yml *.json);;All files (*)</source>
        <translation>训练配方 (*.yaml *.yml *.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>The text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Could not open %1</source>
        <translation>无法打开 %1</translation>
    </message>
    <message>
        <source>Import a training recipe</source>
        <translation>导入训练配方</translation>
    </message>
    <message>
        <source>Export a recipe for %1</source>
        <translation>导出 %1 的训练配方</translation>
    </message>
    <message>
        <source>DeepSpeed configuration (*.json)</source>
        <translation>DeepSpeed 配置 (*.json)</translation>
    </message>
    <message>
        <source>Recipe (*.yaml *.yml)</source>
        <translation>训练配方 (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>Could not read %1</source>
        <translation>无法读取 %1</translation>
    </message>
    <message>
        <source>No recipe</source>
        <translation>没有训练配方</translation>
    </message>
    <message>
        <source>Could not write %1</source>
        <translation>无法写入 %1</translation>
    </message>
    <message>
        <source>Written: %1.</source>
        <translation>已写入：%1。</translation>
    </message>
    <message>
        <source>%1 of %2 changed; everything else in it stays.</source>
        <translation>已更改 %2 中的 %1；其余保持不变。</translation>
    </message>
    <message>
        <source>Could not save %1</source>
        <translation>无法保存 %1</translation>
    </message>
    <message>
        <source>Save the scenario</source>
        <translation>保存方案</translation>
    </message>
    <message>
        <source>The clipboard</source>
        <translation>剪贴板</translation>
    </message>
    <message>
        <source>Nothing to open</source>
        <translation>没有可打开的内容</translation>
    </message>
    <message>
        <source>%1 could not be read</source>
        <translation>无法读取 %1</translation>
    </message>
    <message>
        <source>The model of its run is not at hand; open it, so that like stands beside like.</source>
        <translation>手头没有该运行的模型；打开它，才能同类相比。</translation>
    </message>
    <message>
        <source>Its model could not be read, and %1 stays: %2</source>
        <translation>无法读取其模型，仍保留 %1：%2</translation>
    </message>
    <message>
        <source>Everything Headroom reads (*.json *.jsonc *.yaml *.yml *.toml *.gguf *.safetensors *.pdf *.html *.log *.txt *.out *.pickle *.sh *.py *.ipynb *.gz Modelfile Dockerfile);;Headroom scenarios (*.headroom.json);;All files (*)</source>
        <translation>Headroom 可读取的文件 (*.json *.jsonc *.yaml *.yml *.toml *.gguf *.safetensors *.pdf *.html *.log *.txt *.out *.pickle *.sh *.py *.ipynb *.gz Modelfile Dockerfile);;Headroom 方案 (*.headroom.json);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>headroom::ui::MapChart</name>
    <message>
        <source>Map</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>%1 × %2: what is left</source>
        <translation>%1 × %2：剩余内存</translation>
    </message>
    <message>
        <source>%1 × %2 values on %3</source>
        <translation>%3 上的 %1 × %2 个取值</translation>
    </message>
    <message>
        <source>%1. %2 of %3 pairs fit on %4</source>
        <translation>%1。%4 上 %3 对取值中有 %2 对放得下</translation>
    </message>
    <message>
        <source>%1 left on %2</source>
        <translation>%2 上剩余 %1</translation>
    </message>
    <message>
        <source>does not run</source>
        <translation>无法运行</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%2 上的 %1</translation>
    </message>
    <message>
        <source>needs %1 (%2 – %3)</source>
        <translation>需要 %1（%2 – %3）</translation>
    </message>
    <message>
        <source>%1 short</source>
        <translation>缺 %1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>A click sets the scenario to it</source>
        <translation>点击即可把方案设为此值</translation>
    </message>
</context>
<context>
    <name>headroom::ui::MemoryBar</name>
    <message>
        <source>Memory bar</source>
        <translation>内存条</translation>
    </message>
    <message>
        <source>Memory of the fullest device</source>
        <translation>占用最多的设备的内存</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>capacity %1</source>
        <translation>容量 %1</translation>
    </message>
    <message>
        <source>usable %1</source>
        <translation>可用 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n others %1</source>
        <translation>
            <numerusform>其余 %n 项 %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headroom::ui::MessageBar</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ModelPage</name>
    <message>
        <source>Open model…</source>
        <translation>打开模型…</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>The model stays as it is</source>
        <translation>模型保持不变</translation>
    </message>
    <message>
        <source>Assumed</source>
        <translation>假定</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>假设修改</translation>
    </message>
    <message>
        <source>Changing a dimension makes a copy of the configuration; undo or the button below goes back.</source>
        <translation>更改维度会生成配置的副本；可撤销，或用下面的按钮恢复。</translation>
    </message>
    <message>
        <source>Active per token</source>
        <translation>每 token 激活参数</translation>
    </message>
    <message>
        <source>Next-token layers</source>
        <translation>next-token 层</translation>
    </message>
    <message>
        <source>%1, not counted above</source>
        <translation>%1，未计入上面</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 as %2</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 字节</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV 缓存</translation>
    </message>
    <message>
        <source>%1 per token as %2</source>
        <translation>每 token %1（%2）</translation>
    </message>
    <message>
        <source>Recurrent state</source>
        <translation>循环状态</translation>
    </message>
    <message>
        <source>%1 per sequence</source>
        <translation>每序列 %1</translation>
    </message>
    <message>
        <source>Longest context</source>
        <translation>最长上下文</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 token</translation>
    </message>
    <message>
        <source>Read from</source>
        <translation>读取自</translation>
    </message>
    <message>
        <source>Nothing: the configuration says it all.</source>
        <translation>无：配置已说明一切。</translation>
    </message>
    <message>
        <source>The estimate keeps %1 per token on a device: the engine and the layout decide how.</source>
        <translation>估算中每台设备每 token 保留 %1：方式取决于引擎与布局。</translation>
    </message>
</context>
<context>
    <name>headroom::ui::OpenModelDialog</name>
    <message>
        <source>A Headroom scenario: %1. It will be opened as one.</source>
        <translation>Headroom 方案：%1。将按方案打开。</translation>
    </message>
    <message>
        <source>A GGUF file: %1. Only its header is read.</source>
        <translation>GGUF 文件：%1。只读取文件头。</translation>
    </message>
    <message>
        <source>Safetensors: %1. Headers are read, and the config.json beside them.</source>
        <translation>Safetensors：%1。读取文件头及同目录的 config.json。</translation>
    </message>
    <message>
        <source>A file: %1, read as a model&apos;s configuration.</source>
        <translation>文件：%1，按模型配置读取。</translation>
    </message>
    <message>
        <source>A configuration, “%1”: %2.</source>
        <translation>配置“%1”：%2。</translation>
    </message>
    <message>
        <source>Nothing given yet.</source>
        <translation>尚未输入。</translation>
    </message>
    <message>
        <source>%1, of Headroom&apos;s own catalogue: nothing is fetched. An id with @main behind it asks the hub.</source>
        <translation>%1，来自 Headroom 自带目录：无需下载。在 ID 后加 @main 则查询 Hub。</translation>
    </message>
    <message>
        <source>A folder: %1. Its config.json and the headers of its weight files are read.</source>
        <translation>文件夹：%1。读取其中的 config.json 与权重文件的文件头。</translation>
    </message>
    <message>
        <source>There is no such file or folder: %1</source>
        <translation>没有这个文件或文件夹：%1</translation>
    </message>
    <message>
        <source>A GGUF file of %1 on the hub, revision %2</source>
        <translation>Hub 上 %1 的 GGUF 文件，修订 %2</translation>
    </message>
    <message>
        <source>%1 on the hub, revision %2</source>
        <translation>Hub 上的 %1，修订 %2</translation>
    </message>
    <message>
        <source>HF_HUB_OFFLINE is set, so only a copy kept here will do.</source>
        <translation>已设置 HF_HUB_OFFLINE，因此只能使用本地副本。</translation>
    </message>
    <message>
        <source>Its header is read from %1, never the weights.</source>
        <translation>从 %1 读取其文件头，绝不读取权重。</translation>
    </message>
    <message>
        <source>Its configuration and the headers of its files are read from %1, never the weights.</source>
        <translation>从 %1 读取配置与各文件的文件头，绝不读取权重。</translation>
    </message>
    <message>
        <source>This is a Headroom scenario, not a model. Save it as a file and open that.</source>
        <translation>这是 Headroom 方案，不是模型。请存为文件后再打开。</translation>
    </message>
    <message>
        <source>&amp;File…</source>
        <translation>文件(&amp;F)…</translation>
    </message>
    <message>
        <source>Fol&amp;der…</source>
        <translation>文件夹(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Open model</source>
        <translation>打开模型</translation>
    </message>
    <message>
        <source>A file, a folder, a hub id (Qwen/Qwen3-8B@main), the address of a model page, or the text of a config.json:</source>
        <translation>文件、文件夹、Hub ID（Qwen/Qwen3-8B@main）、模型页面的网址，或 config.json 的文本：</translation>
    </message>
    <message>
        <source>Which model</source>
        <translation>哪个模型</translation>
    </message>
    <message>
        <source>The text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>No model by itself, but a %1: it will be opened as one.</source>
        <translation>本身不是模型，而是%1：将按其打开。</translation>
    </message>
    <message>
        <source>Open a model&apos;s folder</source>
        <translation>打开模型文件夹</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>打开模型</translation>
    </message>
    <message>
        <source>Models (config.json *.json *.safetensors *.gguf);;All files (*)</source>
        <translation>模型 (config.json *.json *.safetensors *.gguf);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Asking %1 …</source>
        <translation>正在查询 %1 …</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>读取中 …</translation>
    </message>
    <message>
        <source>Reading %1 · %2 of %3 files · %4</source>
        <translation>正在读取 %1 · 第 %2 / %3 个文件 · %4</translation>
    </message>
    <message>
        <source>Reading %1 · %2</source>
        <translation>正在读取 %1 · %2</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was changed.</source>
        <translation>已取消。没有任何更改。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>headroom::ui::OptionRow</name>
    <message>
        <source>On the fullest device, everything else as it is</source>
        <translation>在占用最多的设备上，其余不变</translation>
    </message>
    <message>
        <source>%1 when off</source>
        <translation>关闭时 %1</translation>
    </message>
    <message>
        <source>%1 when on</source>
        <translation>开启时 %1</translation>
    </message>
    <message>
        <source>%1 (default)</source>
        <translation>%1（默认）</translation>
    </message>
</context>
<context>
    <name>headroom::ui::OptionSections</name>
    <message>
        <source>Find a setting</source>
        <translation>查找设置</translation>
    </message>
    <message numerus="yes">
        <source>%n set</source>
        <translation>
            <numerusform>已设 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: has no place here</source>
        <translation>%1：此处不适用</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>及另外 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>No setting is called so.</source>
        <translation>没有这个名称的设置。</translation>
    </message>
    <message>
        <source>By its name, its key in the scenario file, what it changes or what may be chosen: “zero”, “loss_rows”, “4 bit”.</source>
        <translation>按名称、方案文件中的键、作用或可选值查找：“zero”、“loss_rows”、“4 bit”。</translation>
    </message>
    <message>
        <source>%1: further up</source>
        <translation>%1：在上方</translation>
    </message>
</context>
<context>
    <name>headroom::ui::PasteCommandDialog</name>
    <message>
        <source>Paste a command</source>
        <translation>粘贴命令</translation>
    </message>
    <message>
        <source>vllm serve …, python -m sglang.launch_server …, llama-server …, or lines of an Ollama Modelfile. Devices and the reserve stay as they are.</source>
        <translation>vllm serve …、python -m sglang.launch_server …、llama-server …，或 Ollama Modelfile 的若干行。设备与预留保持不变。</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>What it sets</source>
        <translation>它设置了什么</translation>
    </message>
    <message>
        <source>What was not understood</source>
        <translation>未识别的内容</translation>
    </message>
    <message>
        <source>Set the scenario</source>
        <translation>设置方案</translation>
    </message>
    <message>
        <source>Nothing pasted yet.</source>
        <translation>尚未粘贴。</translation>
    </message>
    <message>
        <source>It says what the scenario says already.</source>
        <translation>与方案现状相同。</translation>
    </message>
    <message>
        <source>Sets: %1</source>
        <translation>设置：%1</translation>
    </message>
    <message>
        <source>Not understood, or without a say in memory: %1</source>
        <translation>未识别或不影响内存：%1</translation>
    </message>
</context>
<context>
    <name>headroom::ui::PickerModel</name>
    <message>
        <source>Nothing matches “%1”</source>
        <translation>没有与“%1”匹配的项</translation>
    </message>
    <message>
        <source>an amount such as 24 GiB is taken as a device of its own</source>
        <translation>输入 24 GiB 这样的容量即视为自定义设备</translation>
    </message>
    <message>
        <source>Esc gives the choice back</source>
        <translation>按 Esc 恢复原选择</translation>
    </message>
</context>
<context>
    <name>headroom::ui::PinStrip</name>
    <message>
        <source>Devices of the chart</source>
        <translation>图表中的设备</translation>
    </message>
    <message>
        <source>A drag puts them in another order, ✕ or Delete takes one out</source>
        <translation>拖动可排序，✕ 或 Delete 可移除</translation>
    </message>
    <message>
        <source>Add an accelerator</source>
        <translation>添加加速器</translation>
    </message>
    <message>
        <source>Take it off the chart</source>
        <translation>从图表移除</translation>
    </message>
</context>
<context>
    <name>headroom::ui::PlanChart</name>
    <message>
        <source>%1 layouts that nothing beats at once</source>
        <translation>%1 种无可全面超越的布局</translation>
    </message>
    <message>
        <source>%1, on %2 to %3 devices; the least a device needs is %4</source>
        <translation>%1，%2 到 %3 台设备；单台最少需要 %4</translation>
    </message>
    <message>
        <source>devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>usable %1</source>
        <translation>可用 %1</translation>
    </message>
    <message>
        <source>least memory</source>
        <translation>最少内存</translation>
    </message>
    <message>
        <source>A click shows it in the table</source>
        <translation>点击在表格中显示</translation>
    </message>
    <message>
        <source>Memory of a device over the devices of a layout</source>
        <translation>单台内存随布局设备数的变化</translation>
    </message>
</context>
<context>
    <name>headroom::ui::PlanPage</name>
    <message>
        <source>Global batch</source>
        <translation>全局批</translation>
    </message>
    <message>
        <source>global batch</source>
        <translation>全局批</translation>
    </message>
    <message>
        <source>Layouts worth a look</source>
        <translation>值得一看的布局</translation>
    </message>
    <message>
        <source>Nothing beats these at once in memory, devices, recomputation and communication. + or Enter opens one.</source>
        <translation>没有布局能在内存、设备数、重计算和通信上同时胜过这些。按 + 或 Enter 打开。</translation>
    </message>
    <message>
        <source>%1. Pressed: varied; else as the scenario has it</source>
        <translation>%1。按下：遍历；否则按方案取值</translation>
    </message>
    <message>
        <source>What a plan varies</source>
        <translation>规划遍历的内容</translation>
    </message>
    <message>
        <source>Devices of the fleet</source>
        <translation>集群设备数</translation>
    </message>
    <message>
        <source>Accelerator of the fleet</source>
        <translation>集群加速器</translation>
    </message>
    <message>
        <source>Sequences of an optimizer step; micro-batches are then as many as it takes</source>
        <translation>一次优化器更新的序列数；微批数随之而定</translation>
    </message>
    <message>
        <source>Trying %1 layouts…</source>
        <translation>正在尝试 %1 种布局…</translation>
    </message>
    <message>
        <source>None of %1 layouts fits</source>
        <translation>%1 种布局都放不下</translation>
    </message>
    <message>
        <source>%1 worth a look, of %2 that fit, of %3 tried</source>
        <translation>尝试 %3 种，%2 种放得下，%1 种值得一看</translation>
    </message>
    <message>
        <source>Left out:  %1</source>
        <translation>已略去：  %1</translation>
    </message>
    <message>
        <source>Layouts of %1</source>
        <translation>%1 的布局</translation>
    </message>
    <message>
        <source>Choose an accelerator</source>
        <translation>选择加速器</translation>
    </message>
    <message>
        <source>any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>The only layout does not fit</source>
        <translation>唯一的布局放不下</translation>
    </message>
    <message>
        <source>Use %1 × %2</source>
        <translation>使用 %1 × %2</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RangeRow</name>
    <message>
        <source>%1, from</source>
        <translation>%1，起</translation>
    </message>
    <message>
        <source>%1, to</source>
        <translation>%1，止</translation>
    </message>
    <message>
        <source>8192, 8k or 1M; a share as 40 %; empty: the usual range</source>
        <translation>8192、8k 或 1M；比例如 40 %；留空：常用范围</translation>
    </message>
    <message>
        <source>The range ends before it begins</source>
        <translation>范围的终点在起点之前</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ReadingDialog</name>
    <message>
        <source>Reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>Reading %1, %2…</source>
        <translation>正在读取 %1，%2…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RulesSheet</name>
    <message>
        <source>What the verdict names as not modelled.</source>
        <translation>结论中列为未建模的部分。</translation>
    </message>
    <message>
        <source>Logits, runtime, what an allocator keeps; activations in serving; the widths of this MLP.</source>
        <translation>logits、运行时、分配器保留的内存；部署时的激活；该 MLP 的宽度。</translation>
    </message>
    <message>
        <source>A master copy, logits, runtime, what an allocator keeps; activations in serving.</source>
        <translation>主权重副本、logits、运行时、分配器保留的内存；部署时的激活。</translation>
    </message>
    <message>
        <source>Grouped heads: its cache is as wide as the model. A master copy, logits, runtime.</source>
        <translation>分组头：其缓存与模型同宽。主权重副本、logits、运行时。</translation>
    </message>
    <message>
        <source>All that a layer keeps but one tensor; logits, runtime, activations in serving.</source>
        <translation>除一个张量外一层保留的全部；logits、运行时、部署时的激活。</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Leaves out</source>
        <translation>略去</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Values per trained parameter</source>
        <translation>每训练参数的值</translation>
    </message>
    <message>
        <source>Bytes per parameter</source>
        <translation>每参数字节</translation>
    </message>
    <message>
        <source>What they are</source>
        <translation>是什么</translation>
    </message>
    <message>
        <source>about 0</source>
        <translation>约 0</translation>
    </message>
    <message>
        <source>a row and a column</source>
        <translation>一行加一列</translation>
    </message>
    <message>
        <source>Rules of thumb</source>
        <translation>经验法则</translation>
    </message>
    <message>
        <source>This scenario by every rule</source>
        <translation>按各法则计算此方案</translation>
    </message>
    <message>
        <source>Each rule as the text it comes from has it; its constants are settings under Engine &amp; runtime.</source>
        <translation>每条法则均按其原文；常数可在“引擎与运行时”中设置。</translation>
    </message>
    <message>
        <source>Serving, LoRA and full training</source>
        <translation>部署、LoRA 与全参训练</translation>
    </message>
    <message>
        <source>The same model on the same device; what the workload does not ask for is as its engine has it.</source>
        <translation>同一模型、同一设备；任务未指定的部分按其引擎默认。</translation>
    </message>
    <message>
        <source>What optimizers keep</source>
        <translation>优化器保留的内容</translation>
    </message>
    <message>
        <source>Beside weights and gradients, in fp32 unless the optimizer has a format of its own.</source>
        <translation>在权重与梯度之外，以 fp32 保存，除非优化器自有格式。</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RunCard</name>
    <message>
        <source>Quality A: all that this figure depends on is known.</source>
        <translation>质量 A：该数值依赖的一切均已知。</translation>
    </message>
    <message>
        <source>Quality B: one or two settings that it depends on are assumed.</source>
        <translation>质量 B：其依赖的设置中有一两项为假定。</translation>
    </message>
    <message>
        <source>Quality C: several settings that it depends on are assumed.</source>
        <translation>质量 C：其依赖的设置中有多项为假定。</translation>
    </message>
    <message>
        <source>Open as scenario</source>
        <translation>作为方案打开</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>复制网址</translation>
    </message>
    <message>
        <source>The run</source>
        <translation>该运行</translation>
    </message>
    <message>
        <source>Sets the scenario to what the run was; can be undone.</source>
        <translation>把方案设为该运行的配置；可撤销。</translation>
    </message>
    <message>
        <source>Click a point of the chart or a row of the runs to see what ran, where it was published, and where the predicted number comes from.</source>
        <translation>点击图中的点或运行列表中的行，查看运行内容、发表出处以及预测值的来源。</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>inside the stated band</source>
        <translation>在给出的区间内</translation>
    </message>
    <message>
        <source>outside the stated band</source>
        <translation>在给出的区间外</translation>
    </message>
    <message>
        <source>The run did not print: %1</source>
        <translation>该运行未输出：%1</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Where the prediction comes from</source>
        <translation>预测值的来源</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RunModel</name>
    <message>
        <source>The measured figure lies in the stated band.</source>
        <translation>实测值在给出的区间内。</translation>
    </message>
    <message>
        <source>The measured figure lies outside the stated band.</source>
        <translation>实测值在给出的区间外。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ScenarioPlot</name>
    <message>
        <source>Scenarios against the context</source>
        <translation>各方案随上下文的变化</translation>
    </message>
    <message>
        <source>%1 against the context</source>
        <translation>%1随上下文的变化</translation>
    </message>
    <message>
        <source>Memory against the context</source>
        <translation>内存随上下文变化</translation>
    </message>
    <message>
        <source>%1 fits as far as shown</source>
        <translation>%1 在所示范围内都放得下</translation>
    </message>
    <message>
        <source>context, tokens per sequence</source>
        <translation>上下文，每序列 token 数</translation>
    </message>
    <message>
        <source>full at %1</source>
        <translation>%1 时占满</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 token</translation>
    </message>
    <message>
        <source>%1 scenarios, each with its own verdict</source>
        <translation>%1 个方案，各有结论</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>放不下</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>最多 %1</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ScenarioStrip</name>
    <message>
        <source>Scenarios of this document</source>
        <translation>本文档的方案</translation>
    </message>
    <message>
        <source>Double click renames, a drag reorders, the menu key has the rest</source>
        <translation>双击重命名，拖动排序，菜单键查看更多</translation>
    </message>
    <message>
        <source>Name of the scenario</source>
        <translation>方案名称</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>重命名(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>复制方案(&amp;D)</translation>
    </message>
    <message>
        <source>No longer the &amp;baseline</source>
        <translation>不再作为基准(&amp;B)</translation>
    </message>
    <message>
        <source>Compare the others with it (&amp;baseline)</source>
        <translation>以它为基准对比其他方案(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
</context>
<context>
    <name>headroom::ui::SensitivityStrip</name>
    <message>
        <source>no limit known</source>
        <translation>未知上限</translation>
    </message>
    <message>
        <source>nothing fits</source>
        <translation>都放不下</translation>
    </message>
    <message>
        <source>No capacity is known, or nothing bounds it.</source>
        <translation>容量未知，或没有上限。</translation>
    </message>
    <message>
        <source>Not even one fits with everything else as asked.</source>
        <translation>其余设置不变时，一个也放不下。</translation>
    </message>
    <message>
        <source>This is what is asked already.</source>
        <translation>当前所问即是此值。</translation>
    </message>
    <message>
        <source>Go there: the largest value that fits with everything else as asked.</source>
        <translation>设为此值：其余不变时放得下的最大值。</translation>
    </message>
    <message>
        <source>+1K tokens  %1</source>
        <translation>+1K token  %1</translation>
    </message>
    <message>
        <source>+1 sequence  %1</source>
        <translation>+1 条序列  %1</translation>
    </message>
    <message>
        <source>Max context</source>
        <translation>最长上下文</translation>
    </message>
    <message>
        <source>The model itself was trained for %1 tokens.</source>
        <translation>模型本身按 %1 个 token 训练。</translation>
    </message>
    <message>
        <source>Max batch</source>
        <translation>最大批</translation>
    </message>
</context>
<context>
    <name>headroom::ui::StepChart</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The peak is at: %1.</source>
        <translation>峰值位于：%1。</translation>
    </message>
    <message>
        <source>capacity %1</source>
        <translation>容量 %1</translation>
    </message>
    <message>
        <source>Memory through one step</source>
        <translation>一步之内的内存</translation>
    </message>
</context>
<context>
    <name>headroom::ui::StoryCard</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open: %1</source>
        <translation>打开：%1</translation>
    </message>
</context>
<context>
    <name>headroom::ui::SweepChart</name>
    <message>
        <source>Sweep</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>%1 over %2</source>
        <translation>%1 随 %2 变化</translation>
    </message>
    <message>
        <source>%1 values</source>
        <translation>%1 个取值</translation>
    </message>
    <message>
        <source>%1 values, %2 lines</source>
        <translation>%1 个取值，%2 条线</translation>
    </message>
    <message>
        <source>%1: %2 of %3 values do not fit</source>
        <translation>%1：%3 个取值中 %2 个放不下</translation>
    </message>
    <message>
        <source>usable %1</source>
        <translation>可用 %1</translation>
    </message>
    <message>
        <source>as modelled</source>
        <translation>按模型</translation>
    </message>
    <message>
        <source>does not run</source>
        <translation>无法运行</translation>
    </message>
    <message>
        <source>nothing bounds it</source>
        <translation>没有上限</translation>
    </message>
    <message>
        <source>A click sets the scenario to it</source>
        <translation>点击即可把方案设为此值</translation>
    </message>
</context>
<context>
    <name>headroom::ui::SweepPage</name>
    <message>
        <source>over</source>
        <translation>沿</translation>
    </message>
    <message>
        <source>for each</source>
        <translation>对每个</translation>
    </message>
    <message>
        <source>nothing else</source>
        <translation>无其他</translation>
    </message>
    <message>
        <source>across</source>
        <translation>横向</translation>
    </message>
    <message>
        <source>up</source>
        <translation>纵向</translation>
    </message>
    <message>
        <source>What is swept</source>
        <translation>扫描的字段</translation>
    </message>
    <message>
        <source>Lines of the sweep</source>
        <translation>扫描的线</translation>
    </message>
    <message>
        <source>What the map spans</source>
        <translation>热图的两个字段</translation>
    </message>
    <message>
        <source>Figure of the sweep</source>
        <translation>扫描的数值</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>显示内容</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>a line for each pinned device; a click sets the scenario</source>
        <translation>每台固定的设备一条线；点击设置方案</translation>
    </message>
</context>
<context>
    <name>headroom::ui::TensorModel</name>
    <message>
        <source>Embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>MLP</source>
        <translation>MLP</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Norms</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>Recurrent mixers</source>
        <translation>循环混合器</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>输出头</translation>
    </message>
    <message>
        <source>Vision</source>
        <translation>视觉</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>llama.cpp keeps the vision tower in a file of its own</source>
        <translation>llama.cpp 把视觉塔存放在单独的文件中</translation>
    </message>
    <message>
        <source>Next-token layers</source>
        <translation>next-token 层</translation>
    </message>
    <message>
        <source>Layers for multi-token prediction: stored, but no part of the parameter count</source>
        <translation>多 token 预测层：已存储，但不计入参数量</translation>
    </message>
    <message>
        <source>Added by the converter</source>
        <translation>由转换器添加</translation>
    </message>
    <message>
        <source>Stored beside these</source>
        <translation>一并存储</translation>
    </message>
    <message>
        <source>Tensors the GGUF converter makes itself, and next-token layers it keeps</source>
        <translation>GGUF 转换器自行生成的张量，以及它保留的 next-token 层</translation>
    </message>
    <message>
        <source>Scales, zero points, buffers and tensors that the configuration does not speak of</source>
        <translation>缩放、零点、缓冲区，以及配置未提及的张量</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>expert %1</source>
        <translation>专家 %1</translation>
    </message>
    <message>
        <source>copy %1</source>
        <translation>副本 %1</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 字节</translation>
    </message>
    <message>
        <source>%1: a buffer, stored but no parameter</source>
        <translation>%1：缓冲区，已存储但不是参数</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
</context>
<context>
    <name>headroom::ui::TensorTree</name>
    <message>
        <source>Tensors of the model</source>
        <translation>模型的张量</translation>
    </message>
</context>
<context>
    <name>headroom::ui::WelcomeDialog</name>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
    <message>
        <source>How much memory does it take?</source>
        <translation>需要多少内存？</translation>
    </message>
    <message>
        <source>Choose a model, a device and what you want to do; the answer follows every change. Three questions to begin with:</source>
        <translation>选择模型、设备和任务；答案随每次更改更新。先看三个问题：</translation>
    </message>
    <message>
        <source>F1 explains whatever has the focus. The stories stay on the Learn page.</source>
        <translation>按 F1 解释当前焦点所在。案例保留在“学习”页。</translation>
    </message>
    <message>
        <source>Begin with an example</source>
        <translation>从示例开始</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>How much accelerator memory a transformer language model needs, byte by byte.</source>
        <translation>Transformer 语言模型需要多少加速器内存，逐字节给出。</translation>
    </message>
    <message>
        <source>Write a chart of the scenario to FILE (.png, .svg or .pdf) and end.</source>
        <translation>把方案的图表写入 FILE（.png、.svg 或 .pdf）后退出。</translation>
    </message>
    <message>
        <source>Which chart: breakdown, moments, bar, context, compare, sweep, map, evidence; or window for the whole window and model for its Model page (.png).</source>
        <translation>哪个图表：breakdown、moments、bar、context、compare、sweep、map、evidence；或 window 表示整个窗口，model 表示其模型页（.png）。</translation>
    </message>
    <message>
        <source>A scenario (*.headroom.json), a training recipe (YAML) or a model (config.json, *.safetensors, *.gguf).</source>
        <translation>方案 (*.headroom.json)、训练配方 (YAML) 或模型 (config.json, *.safetensors, *.gguf)。</translation>
    </message>
    <message>
        <source>headroom: --export takes exactly one scenario</source>
        <translation>headroom：--export 只接受一个方案</translation>
    </message>
    <message>
        <source>Write a report (.html, or - for standard input) to PDF and end.</source>
        <translation>把报告（.html，或以 - 表示标准输入）写成 PDF 后退出。</translation>
    </message>
    <message>
        <source>headroom: --report takes exactly one page</source>
        <translation>headroom: --report 只接受一个页面</translation>
    </message>
</context>
</TS>
