megatron_options="  \
        --save ${SAVED} \
        --lr ${LR} \
        --micro-batch-size ${MICRO_BATCH_SIZE} \
        --num-layers ${NUM_LAYERS} \
        --hidden-size ${HIDDEN_SIZE} \
        --seq-length 4096 \
        --tensor-model-parallel-size ${TP} \
        --pipeline-model-parallel-size 2 \
        --context-parallel-size ${CP} \
