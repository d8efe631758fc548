// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "held_segmenter.h"
#include "ui/editing/document.h"
#include "ui/editing/segmentation_service.h"
#include "ui/widgets/main_window.h"

#include <QDir>
#include <QTemporaryDir>

#include <functional>

/// Makes the model, on the inference thread.
using MakeModel = std::unique_ptr<core::Segmenter> (*)();

/// The real window, driven by a scene and photographed. Places on the picture are shares of its
/// width and height.
class Stage
{
public:
    explicit Stage(MakeModel makeModel);
    ~Stage();

    /// A folder of its own with a copy of the picture; returns when it can be clicked.
    void open(const QString &picture);
    /// The folder as it is; returns when it is shown.
    void openFolder();
    QString file(const QString &name) const { return m_folder.filePath(name); }
    /// The model stops halfway through the next picture, or through its search for everything.
    void holdModel() { *m_hold = true; }

    void move(double x, double y);
    void click(double x, double y, Qt::MouseButton button = Qt::LeftButton,
               Qt::KeyboardModifiers modifiers = {});
    void doubleClick(double x, double y);
    void drag(const std::vector<QPointF> &way, Qt::KeyboardModifiers modifiers = {},
              bool letGo = true);
    void key(int key, Qt::KeyboardModifiers modifiers = {});
    void trigger(ui::ActionId action);
    /// Clicks and accepts, one after the other.
    void drawObjects(const std::vector<QPointF> &places);

    /// Until the condition holds and the window came to rest. Throws std::runtime_error after two
    /// minutes.
    void wait(const std::function<bool()> &condition);
    void settle(); ///< no prompt is waiting for its answer, everything is painted

    /// Photographs the window with the dialog or menu that `open` shows and waits for, and closes
    /// that.
    void photographWhile(const std::function<void()> &open);
    /// What is to be seen now; seen() gives this from here on.
    void photograph() { m_picture = lookAt(); }
    /// The window as photographed, or else as it is.
    QPixmap seen() const { return m_picture.isNull() ? lookAt() : m_picture; }

    ui::MainWindow &window() { return m_window; }
    ui::Document &document() { return m_document; }

private:
    void activate();
    QPoint at(double x, double y) const;
    QPixmap lookAt() const;

    HeldSegmenter::Hold m_hold = std::make_shared<std::atomic<bool>>(false);
    QTemporaryDir m_folder;
    ui::Document m_document;
    ui::SegmentationService m_service;
    ui::MainWindow m_window;
    QPixmap m_picture; ///< null: none was taken on the way
};
