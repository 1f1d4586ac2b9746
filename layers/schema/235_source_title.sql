-- Titles of a source by language, for credits; `title` is what stands where a language has none.
ALTER TABLE source ADD COLUMN title_ky TEXT;
ALTER TABLE source ADD COLUMN title_ru TEXT;
ALTER TABLE source ADD COLUMN title_en TEXT;
