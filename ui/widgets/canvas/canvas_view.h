// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/annotation_shapes.h"
#include "ui/editing/prompt_session.h"
#include "ui/editing/tools/toolbox.h"
#include "ui/widgets/canvas/annotation_layer.h"
#include "ui/widgets/canvas/backdrop.h"
#include "ui/widgets/canvas/edit_layer.h"
#include "ui/widgets/canvas/picture_pyramid.h"
#include "ui/widgets/canvas/prompt_layer.h"
#include "ui/widgets/canvas/view_transform.h"
#include "ui/widgets/theme/theme.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace ui
{

class CandidateStrip;

/// The picture, its masks and prompts. Maps the pointer to the picture and forwards it to the
/// current tool; paints what session, tool and shapes hold. Nothing here waits: pictures and masks
/// come ready to paint.
class CanvasView : public QWidget
{
    Q_OBJECT

public:
    /// All must outlive the view.
    CanvasView(PromptSession &session, Toolbox &toolbox, const AnnotationShapes &shapes,
               QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    /// Fitted. Null: no picture. Gestures are taken from here on, before the embedding is there,
    /// too.
    void setPicture(std::shared_ptr<const PicturePyramid> picture);
    bool hasPicture() const { return m_picture != nullptr; }
    /// Colour of the object in work.
    void setWorkColor(const QColor &color);
    /// The model cannot answer yet: prompts are shown as pending.
    void setPending(bool pending);
    void setSelected(const std::vector<core::Id> &annotations);
    /// Masks the user hid are not shown, locked ones are not selected.
    void setFilters(std::function<bool(core::Id)> isVisible,
                    std::function<bool(core::Id)> isLocked);
    void updateAnnotations();
    void setMasksHidden(bool hidden);
    bool masksHidden() const { return m_masksHidden; }
    bool pansWithLeftButton() const;

    const ViewTransform &transform() const { return m_transform; }
    const AnnotationLayer &annotations() const { return m_annotations; }
    void fit();
    void setZoom(double zoom);
    void zoomBy(double factor);
    /// Zooms to the annotation.
    void showAnnotation(core::Id annotation);
    CandidateStrip *candidateStrip() const { return m_strip; }

Q_SIGNALS:
    void pointerMoved(std::optional<core::ImagePoint> position);
    void zoomChanged(double zoom);
    /// To be selected; 0: beside all. `joins`: to what is selected already.
    void annotationActivated(core::Id annotation); ///< double-clicked, to be taken up again
    void annotationClicked(core::Id annotation, bool joins);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    bool startsPan(const QMouseEvent &event) const;
    PointerEvent pointerEvent(QPointF position, Qt::MouseButton button,
                              Qt::KeyboardModifiers modifiers) const;
    core::Id selectableAt(QPointF view) const;
    void paintBackdrop(QPainter &painter);
    void paintBackdropPart(QPainter &painter, const QRect &part, core::Id without);
    void invalidateBackdrop();
    /// The same without the object that hand tools draw on.
    const QImage &backdropUnderEdits();
    const AnnotationShapes::Item *selectedItem() const; ///< null: none, or many
    bool updateEdits();                                 ///< whether it shows something else
    void updateChanged();
    void updatePart(const QRect &pixels);
    void updateGesture();
    void updateRing();
    QRect ringRect() const;
    /// The prompt's point that a press would take up, if any.
    std::optional<std::size_t> hotPoint() const;
    void paintEdits(QPainter &painter);
    void changeView(const std::function<void()> &change);
    void updateViewport();
    void updateStrip();
    void placeStrip();
    void updateCursor();

    PromptSession &m_session;
    Toolbox &m_toolbox;
    const AnnotationShapes &m_shapes;
    Theme m_theme;
    ViewTransform m_transform;
    std::shared_ptr<const PicturePyramid> m_picture;
    AnnotationLayer m_annotations;
    Backdrop m_backdrop;
    bool m_hasPixelLines = false; ///< as AnnotationLayer::hasPixelLines
    Backdrop m_underEdits;
    core::Id m_underEditsWithout = 0;
    QRect m_changedUnderEdits; ///< since m_underEdits was painted, picture pixels
    core::Id m_refined = 0;    ///< left out of what is painted behind the object in work
    EditLayer m_edits;
    PromptLayer m_prompts;
    CandidateStrip *m_strip;
    std::function<bool(core::Id)> m_isVisible = [](core::Id) { return true; };
    std::function<bool(core::Id)> m_isLocked = [](core::Id) { return false; };
    bool m_pending = false;
    bool m_masksHidden = false;
    bool m_spaceHeld = false;
    bool m_panning = false;
    QPointF m_panLast;
    QPointF m_panStart;
    QRect m_ringPainted; ///< round the pointer, view pixels
    std::optional<std::size_t> m_hotPainted;
    std::optional<QPointF> m_pointer; ///< view position while the pointer is over the canvas
    Qt::KeyboardModifiers m_modifiers;
};

} // namespace ui
