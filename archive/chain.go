package archive

import "context"

// maxCopies bounds the copies of one story that are listed.
const maxCopies = 200

// Copies returns the other stories of a story's chain of copies and versions,
// oldest first.
func (a *Archive) Copies(ctx context.Context, id StoryID) ([]Story, error) {
	out, err := collect(ctx, a, "SELECT "+storyColumns+" FROM reprint mine JOIN reprint theirs ON theirs.cluster = mine.cluster AND theirs.story <> mine.story JOIN story s ON s.id = theirs.story"+
		storyJoins+" WHERE mine.story = ? ORDER BY s.id LIMIT ?", []any{int64(id), maxCopies}, a.readStory)
	return out, a.failed(err)
}

// Fact returns the fact of a report that its record names, such as "ev1".
func (r *Report) Fact(local string) (Fact, bool) {
	for n := 1; n <= maxFacts; n++ {
		x, ok := factOf(r, r.Story.ID.fact(n))
		if !ok {
			break
		}
		if x.Local() == local {
			return x, true
		}
	}
	return Fact{}, false
}
