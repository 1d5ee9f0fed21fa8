"""What holds for all programmes of an edition.

matrix, levels    which level stands under which score, whatever it is called
conversions, stated_conversions    levels to scores, by table or sentence; Chinese alternatives
bonus_labels, bonuses    the bonus for the 6th subject, by category
scholarships    the admission scholarship scheme
"""
