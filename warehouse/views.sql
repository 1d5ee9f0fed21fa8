-- Views and macros over the data tables, for people who ask in SQL.
--
-- Run on the tables of schema `main` and the type `subject_name`: the scored Category A subjects,
-- in declared order. A view's column without a COMMENT here means what the column of that name
-- means in the first table the view reads, in the order of the dictionary.
--
-- Statements end with a semicolon at the end of a line.

-- How the subjects count ------------------------------------------------------------------------

CREATE VIEW subject_weights AS
WITH subjects AS (
    SELECT unnest(enum_range(NULL::subject_name))::VARCHAR AS subject
),
slots AS (
    SELECT edition, jupas_code, alternative, slot, role, take,
           max(weight) FILTER (subject = '*') AS weight_of_others
    FROM weightings
    GROUP BY ALL
)
SELECT slots.edition, slots.jupas_code, subjects.subject, slots.alternative, slots.slot,
       slots.role, slots.take,
       coalesce(own.weight, slots.weight_of_others) AS weight,
       own.weight IS NOT NULL AS is_named
FROM slots
CROSS JOIN subjects
LEFT JOIN weightings AS own
    ON own.edition = slots.edition AND own.jupas_code = slots.jupas_code
    AND own.alternative = slots.alternative AND own.slot = slots.slot
    AND own.subject = subjects.subject
WHERE coalesce(own.weight, slots.weight_of_others) IS NOT NULL
  -- a subject that always counts is used up before the other slots choose
  AND (slots.role = 'fixed' OR NOT EXISTS (
      FROM weightings AS fixed
      WHERE fixed.edition = slots.edition AND fixed.jupas_code = slots.jupas_code
        AND fixed.alternative = slots.alternative AND fixed.role = 'fixed'
        AND fixed.subject = subjects.subject));

COMMENT ON VIEW subject_weights IS
    'One row per Category A subject and slot of a formula that the subject may fill: its weight there, with ''any other subject'' spelled out';
COMMENT ON COLUMN subject_weights.subject IS 'Subject by its full HKDSE name';
COMMENT ON COLUMN subject_weights.is_named IS 'The formula names the subject in this slot; otherwise it counts as any other subject';

CREATE VIEW weighting_matrix AS
SELECT * FROM (
    PIVOT (
        SELECT edition, jupas_code, subject::subject_name AS subject, weight FROM subject_weights
    )
    ON subject IN subject_name
    USING max(weight)
    GROUP BY edition, jupas_code
)
ORDER BY edition, jupas_code;

COMMENT ON VIEW weighting_matrix IS
    'One row per programme and edition, one column per Category A subject: the largest weight the subject may count with; NULL where it cannot count';

CREATE MACRO weight_of(wanted) AS TABLE
SELECT weights.edition, weights.jupas_code, programmes.title, max(weights.weight) AS weight,
       list(DISTINCT weights.role ORDER BY weights.role) AS roles,
       bool_or(weights.is_named) AS is_named
FROM subject_weights AS weights
JOIN programmes USING (edition, jupas_code)
WHERE weights.subject = wanted
GROUP BY ALL
ORDER BY weights.edition, max(weights.weight) DESC, weights.jupas_code;

COMMENT ON MACRO TABLE weight_of IS
    'Where a subject counts, and how much. Where does Physics count double? FROM weight_of(''Physics'') WHERE edition = 2026 AND weight >= 2';

CREATE MACRO level_gain(wanted) AS TABLE
WITH steps AS (
    SELECT edition, level, score,
           lead(level) OVER rising AS next_level, lead(score) OVER rising AS next_score
    FROM conversions
    WHERE scale = 'Category A'
    WINDOW rising AS (PARTITION BY edition ORDER BY score)
)
SELECT weights.edition, weights.jupas_code, weights.title, steps.level, steps.next_level,
       weights.weight * (steps.next_score - steps.score) AS gain
FROM weight_of(wanted) AS weights
JOIN steps USING (edition)
WHERE steps.next_level IS NOT NULL
ORDER BY weights.edition, weights.jupas_code, steps.score;

COMMENT ON MACRO TABLE level_gain IS
    'What one more level in a subject adds to the best-5 score, programme by programme, where the subject counts with its largest weight: FROM level_gain(''M1'')';

-- A programme on one row ------------------------------------------------------------------------

CREATE VIEW programme_card AS
WITH levels AS (
    PIVOT (SELECT edition, jupas_code, requirement, level FROM minimum_requirements)
    ON requirement IN ('english', 'chinese', 'mathematics', 'citizenship', 'elective_1', 'elective_2')
    USING first(level)
    GROUP BY edition, jupas_code
),
category_c AS (
    SELECT edition, jupas_code, bool_or(category_c_accepted) AS category_c_elective
    FROM minimum_requirements GROUP BY ALL
),
asked AS (
    SELECT edition, jupas_code, list(subject ORDER BY subject) AS one_of_subjects
    FROM subject_requirements GROUP BY ALL
),
options AS (
    SELECT edition, jupas_code, list(title ORDER BY position) AS study_options
    FROM study_options GROUP BY ALL
),
-- an edition's scale by its own conversion table: scores on another don't compare
point_scales AS (
    SELECT edition, max(score) AS own_scale FROM conversions
    WHERE scale = 'Category A' GROUP BY ALL
),
scores_on_scale AS (
    SELECT programmes.edition, scores.*
    FROM programmes
    JOIN scores USING (jupas_code)
    LEFT JOIN point_scales USING (edition)
    WHERE point_scale = coalesce(own_scale, point_scale)
),
-- the newest admission scores that applicants of the edition know
admitted AS (
    SELECT edition, jupas_code,
           max_by({'year': scores_year, 'formula_year': formula_year, 'scale': point_scale,
                   'median': median, 'lower_quartile': lower_quartile},
                  [scores_year, point_scale]) AS score
    FROM scores_on_scale
    WHERE basis = 'admitted' AND scores_year < edition
    GROUP BY ALL
),
-- what stands in a median's place for programmes that had no scores of their own
referred AS (
    SELECT edition, jupas_code, max_by(median, [scores_year, point_scale]) AS score
    FROM scores_on_scale
    WHERE basis = 'reference' AND formula_year = edition
    GROUP BY ALL
),
simulated AS (
    SELECT edition, jupas_code,
           max_by({'median': median, 'lower_quartile': lower_quartile},
                  [scores_year, point_scale]) AS score
    FROM scores_on_scale
    WHERE basis = 'simulated' AND formula_year = edition
    GROUP BY ALL
),
preferred AS (
    SELECT scores_year, jupas_code,
           list(subjects || ': Level ' || level ORDER BY position) AS preferred_levels
    FROM preferred_levels GROUP BY ALL
)
SELECT edition, jupas_code, title, school, choice_type, interview_required, duration_years, is_new,
       study_options, english, chinese, mathematics, citizenship, elective_1, elective_2,
       category_c_elective, one_of_subjects,
       formula, formula_text, highest_attainable, weighted_elective_cap, category_c_once,
       bonus_categories,
       admitted.score.year AS scores_year, admitted.score.formula_year AS scores_formula_year,
       admitted.score.scale AS scores_point_scale,
       admitted.score.median AS median, admitted.score.lower_quartile AS lower_quartile,
       simulated.score.median AS simulated_median,
       simulated.score.lower_quartile AS simulated_lower_quartile,
       referred.score AS reference_score,
       preferred_levels,
       expected.low AS expected_low, expected.high AS expected_high,
       competitive.low AS competitive_low, competitive.high AS competitive_high,
       remarks
FROM programmes
LEFT JOIN options USING (edition, jupas_code)
LEFT JOIN levels USING (edition, jupas_code)
LEFT JOIN category_c USING (edition, jupas_code)
LEFT JOIN asked USING (edition, jupas_code)
LEFT JOIN formulas USING (edition, jupas_code)
LEFT JOIN admitted USING (edition, jupas_code)
LEFT JOIN simulated USING (edition, jupas_code)
LEFT JOIN referred USING (edition, jupas_code)
LEFT JOIN preferred
    ON preferred.scores_year = admitted.score.year AND preferred.jupas_code = programmes.jupas_code
LEFT JOIN expected_scores AS expected
    ON expected.entry_year = edition AND expected.jupas_code = programmes.jupas_code
    AND expected.basis = 'expected'
LEFT JOIN expected_scores AS competitive
    ON competitive.entry_year = edition AND competitive.jupas_code = programmes.jupas_code
    AND competitive.basis = 'competitive'
ORDER BY edition, jupas_code;

COMMENT ON VIEW programme_card IS
    'One row per programme and edition: everything known of it, side by side';
COMMENT ON COLUMN programme_card.study_options IS 'Titles of its study options, in printed order';
COMMENT ON COLUMN programme_card.english IS 'Lowest level accepted in English Language';
COMMENT ON COLUMN programme_card.chinese IS 'Lowest level accepted in Chinese Language';
COMMENT ON COLUMN programme_card.mathematics IS 'Lowest level accepted in Mathematics (Compulsory Part)';
COMMENT ON COLUMN programme_card.citizenship IS 'Lowest level accepted in Citizenship and Social Development';
COMMENT ON COLUMN programme_card.elective_1 IS 'Lowest level accepted in the first elective';
COMMENT ON COLUMN programme_card.elective_2 IS 'Lowest level accepted in the second elective or M1/M2';
COMMENT ON COLUMN programme_card.category_c_elective IS 'A Category C subject with score 3 or above may be an elective';
COMMENT ON COLUMN programme_card.one_of_subjects IS 'Subjects of which one is required; NULL for none';
COMMENT ON COLUMN programme_card.scores_year IS 'Year of the newest admission scores before the edition';
COMMENT ON COLUMN programme_card.scores_formula_year IS 'Edition whose formula those scores are computed with; another one does not compare';
COMMENT ON COLUMN programme_card.scores_point_scale IS 'Score of the top level (5**) in those scores: that of the edition''s conversion table, where the documents print one';
COMMENT ON COLUMN programme_card.median IS 'Median of those scores, with bonus';
COMMENT ON COLUMN programme_card.lower_quartile IS 'Lower quartile of those scores, with bonus';
COMMENT ON COLUMN programme_card.simulated_median IS 'Median simulated with the formula of the edition';
COMMENT ON COLUMN programme_card.simulated_lower_quartile IS 'Lower quartile simulated with the formula of the edition';
COMMENT ON COLUMN programme_card.reference_score IS 'Reference score with the formula of the edition, where a programme had no scores of its own';
COMMENT ON COLUMN programme_card.preferred_levels IS 'Average levels of preferred subjects, of the students behind those scores';
COMMENT ON COLUMN programme_card.expected_low IS 'Expected score for entry in the edition, lower end';
COMMENT ON COLUMN programme_card.expected_high IS 'Expected score for entry in the edition, upper end';
COMMENT ON COLUMN programme_card.competitive_low IS 'Competitive range for entry in the edition, lower end';
COMMENT ON COLUMN programme_card.competitive_high IS 'Competitive range for entry in the edition, upper end';

-- Scores over the years -------------------------------------------------------------------------

CREATE VIEW score_history AS
WITH names AS (
    SELECT jupas_code, max_by(title, edition) AS title FROM programmes GROUP BY ALL
),
lined_up AS (
    SELECT *,
           lag(scores_year) OVER years AS previous_year,
           lag(formula_year) OVER years AS previous_formula_year,
           lag(median) OVER years AS previous_median,
           lag(lower_quartile) OVER years AS previous_lower_quartile
    FROM scores
    WINDOW years AS (
        PARTITION BY jupas_code, basis, formula_year - scores_year, point_scale
        ORDER BY scores_year
    )
)
SELECT lined_up.jupas_code, names.title, scores_year, basis, lined_up.formula_year, point_scale,
       lined_up.highest_attainable, median, lower_quartile, lower_quartile_per_subject, withheld,
       previous_year,
       round(median - previous_median, 2) AS median_change,
       round(lower_quartile - previous_lower_quartile, 2) AS lower_quartile_change,
       this_formula.formula <> previous_formula.formula AS formula_changed
FROM lined_up
LEFT JOIN names ON names.jupas_code = lined_up.jupas_code
LEFT JOIN formulas AS this_formula
    ON this_formula.edition = lined_up.formula_year
    AND this_formula.jupas_code = lined_up.jupas_code
LEFT JOIN formulas AS previous_formula
    ON previous_formula.edition = lined_up.previous_formula_year
    AND previous_formula.jupas_code = lined_up.jupas_code
ORDER BY lined_up.jupas_code, basis, scores_year, lined_up.formula_year, point_scale;

COMMENT ON VIEW score_history IS
    'One row per programme, year and basis: scores with the move since the year before, on one basis and one scale';
COMMENT ON COLUMN score_history.title IS 'Newest name of the programme; NULL where only score tables name it';
COMMENT ON COLUMN score_history.highest_attainable IS 'Highest score with bonus, as printed; NULL where not printed';
COMMENT ON COLUMN score_history.previous_year IS 'Last year before with scores on the same basis and scale; NULL for none';
COMMENT ON COLUMN score_history.median_change IS 'Median minus the median of that year';
COMMENT ON COLUMN score_history.lower_quartile_change IS 'Lower quartile minus the lower quartile of that year';
COMMENT ON COLUMN score_history.formula_changed IS 'The two years have different formulas, so that the change does not compare like with like; NULL where a formula is not known';

CREATE MACRO history_of(wanted) AS TABLE
FROM score_history WHERE jupas_code = wanted;

COMMENT ON MACRO TABLE history_of IS
    'Scores of one programme over the years: FROM history_of(''JS5311'')';

-- Rankings --------------------------------------------------------------------------------------

CREATE VIEW latest_rankings AS
SELECT ranking, subject, region, year, rank,
       list(DISTINCT source ORDER BY source) AS sources,
       max(publisher) AS publisher
FROM rankings
WHERE year = (
    SELECT max(year) FROM rankings AS newer
    WHERE newer.ranking = rankings.ranking AND newer.subject = rankings.subject
      AND newer.region = rankings.region
)
GROUP BY ALL
ORDER BY ranking, subject, region, rank;

COMMENT ON VIEW latest_rankings IS
    'One row per ranking, subject and region: the newest year any source prints. Two rows are two sources that disagree';
COMMENT ON COLUMN latest_rankings.sources IS 'Sources that print this rank';
