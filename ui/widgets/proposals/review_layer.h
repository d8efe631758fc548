// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <vector>

namespace ui
{

class CanvasView;
class ReviewSession;

/// The boxes of the other proposals in the picture while one is reviewed, over the picture and
/// under everything that can be clicked.
class ReviewLayer : public QWidget
{
    Q_OBJECT

public:
    /// Both must outlive it.
    ReviewLayer(CanvasView &canvas, const ReviewSession &session);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void follow();

    CanvasView &m_canvas;
    const ReviewSession &m_session;
    std::vector<QRectF> m_boxes; ///< picture pixels
};

} // namespace ui
