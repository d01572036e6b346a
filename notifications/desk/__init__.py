"""The mail desk: what a person does with mail that the program could not finish by itself.

`arrivals` and `letters` are the deeds, `finding` the lists, `retention` lets bytes go when they need not be kept.
"""
