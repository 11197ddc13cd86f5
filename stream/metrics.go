package stream

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Metrics counts what workers and collectors do, for Prometheus. A nil Metrics
// counts nothing.
type Metrics struct {
	reads, failures, keeps prometheus.Counter
	seconds                prometheus.Histogram
}

// NewMetrics makes counters and registers them.
func NewMetrics(to prometheus.Registerer) *Metrics {
	m := &Metrics{
		reads:    prometheus.NewCounter(prometheus.CounterOpts{Name: "kawat_stories_read_total", Help: "Stories read by this process."}),
		failures: prometheus.NewCounter(prometheus.CounterOpts{Name: "kawat_stories_failed_total", Help: "Stories set aside by this process since they could not be read or kept."}),
		keeps:    prometheus.NewCounter(prometheus.CounterOpts{Name: "kawat_records_kept_total", Help: "Records that this process put into the store."}),
		seconds: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "kawat_story_seconds", Help: "Seconds from taking a story to having its record.", Buckets: prometheus.ExponentialBuckets(0.001, 2, 14),
		}),
	}
	to.MustRegister(m.reads, m.failures, m.keeps, m.seconds)
	return m
}

func (m *Metrics) read(took time.Duration) {
	if m != nil {
		m.reads.Inc()
		m.seconds.Observe(took.Seconds())
	}
}

func (m *Metrics) failed() {
	if m != nil {
		m.failures.Inc()
	}
}

func (m *Metrics) kept(n int) {
	if m != nil {
		m.keeps.Add(float64(n))
	}
}

// Gauges registers how the streams stand, asked when Prometheus asks.
func (b *Bus) Gauges(to prometheus.Registerer) {
	to.MustRegister(&gauges{b})
}

// gaugesWithin bounds how long an answer to Prometheus takes.
const gaugesWithin = 3 * time.Second

// gauges is a collector over Status.
type gauges struct{ bus *Bus }

var gaugeDescs = map[string]*prometheus.Desc{
	"unread":  prometheus.NewDesc("kawat_stream_unread", "Stories that no worker has.", nil, nil),
	"reading": prometheus.NewDesc("kawat_stream_reading", "Stories that a worker has.", nil, nil),
	"unkept":  prometheus.NewDesc("kawat_stream_unkept", "Records that are not in the store.", nil, nil),
	"failed":  prometheus.NewDesc("kawat_stream_failed", "Stories set aside.", nil, nil),
	"bytes":   prometheus.NewDesc("kawat_stream_bytes", "Bytes of the streams.", nil, nil),
}

func (g *gauges) Describe(out chan<- *prometheus.Desc) {
	for _, d := range gaugeDescs {
		out <- d
	}
}

func (g *gauges) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), gaugesWithin)
	defer cancel()
	s, err := g.bus.Status(ctx)
	if err != nil {
		for _, d := range gaugeDescs {
			out <- prometheus.NewInvalidMetric(d, err)
		}
		return
	}
	for name, v := range map[string]float64{"unread": float64(s.Unread), "reading": float64(s.Reading), "unkept": float64(s.Unkept), "failed": float64(s.Failed), "bytes": float64(s.Bytes)} {
		out <- prometheus.MustNewConstMetric(gaugeDescs[name], prometheus.GaugeValue, v)
	}
}
