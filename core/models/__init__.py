"""The only home of onnxruntime, tokenizers, safetensors, torch and transformers.

Nothing is loaded at import or by a constructor: weights are read on first use, once for all
threads.
"""
