package kawat

import (
	"fmt"

	"kawat/story"
)

// Stage is one step of reading. It states which tables it needs and which it
// gives; see story.Layer.
type Stage struct {
	Name  string
	Needs story.Layer
	Gives story.Layer
	Run   func(*story.Story) error
}

// checkOrder refuses stages of which one needs what none before it gives, or
// gives what was given already.
func checkOrder(stages []Stage, given story.Layer) error {
	for _, s := range stages {
		if missing := s.Needs &^ given; missing != 0 {
			return fmt.Errorf("stage %s needs layers %b that no stage before it gives", s.Name, missing)
		}
		if twice := s.Gives & given; twice != 0 {
			return fmt.Errorf("stage %s gives layers %b a second time", s.Name, twice)
		}
		given |= s.Gives
	}
	return nil
}

// run runs a stage on a story. A panic becomes an error that names story and
// stage, so that one story cannot end a run over a million.
func (s *Stage) run(st *story.Story) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("story %s: stage %s: %v", st.ID, s.Name, p)
		}
	}()
	if missing := s.Needs &^ st.Given(); missing != 0 {
		return fmt.Errorf("story %s: stage %s needs layers %b that the story lacks", st.ID, s.Name, missing)
	}
	if err := s.Run(st); err != nil {
		return fmt.Errorf("story %s: stage %s: %w", st.ID, s.Name, err)
	}
	st.Give(s.Gives)
	return nil
}
