// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/theme/theme.h"

#include <QImage>
#include <QWidget>

#include <vector>

namespace ui
{

/// The answers to an ambiguous click, side by side beside the object: a silhouette and the model's
/// own guess of its quality each. A click chooses one.
class CandidateStrip : public QWidget
{
    Q_OBJECT

public:
    struct Candidate {
        QImage silhouette; ///< Alpha8
        float predictedIou = 0;
    };

    explicit CandidateStrip(QWidget *parent = nullptr);
    void setTheme(const Theme &theme);
    /// Hidden with fewer than two: there is nothing to choose.
    void setCandidates(std::vector<Candidate> candidates, int current, QColor color);
    /// Below the object, in the parent's frame, or where there is room; always whole, and clear of
    /// the bars and cards that lie on the parent as long as there is such a place.
    void placeBeside(const QRectF &object);
    int count() const { return static_cast<int>(m_candidates.size()); }
    int current() const { return m_current; }

    QSize sizeHint() const override;

Q_SIGNALS:
    void chosen(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    QRect cell(int index) const;
    int cellAt(QPoint position) const;
    bool isClear(const QRect &place) const;

    Theme m_theme;
    std::vector<Candidate> m_candidates;
    QColor m_color;
    int m_current = 0;
    int m_hovered = -1;
};

} // namespace ui
