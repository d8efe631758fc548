// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/review_session.h"
#include "ui/widgets/proposals/detection_import.h"
#include "ui/widgets/theme/theme.h"

#include <QObject>

#include <deque>

namespace ui
{

class CanvasView;
class MessageBar;
class ReviewBar;
class ReviewLayer;
class TaskProgress;

/// A detector's proposals in the window: importing them with progress, telling what came of it, and
/// going through them.
class ReviewDesk : public QObject
{
    Q_OBJECT

public:
    /// All outlive this; `window` is the dialogs' parent, and this one's.
    ReviewDesk(Document &document, SegmentationService &service, PromptSession &prompts,
               CanvasView &canvas, MessageBar &messages, QWidget *window);

    /// Reads in the background; what is read is one step, and its review begins. Waits for a
    /// project that is being opened, and for the file before it.
    void import(const std::filesystem::path &file);
    /// The next proposal, or the worst of all when none is reviewed.
    void next();
    void previous() { m_session.previous(); }
    /// What was corrected goes first, then the review. False when there is none.
    bool stepBack();

    ReviewSession &session() { return m_session; }
    DetectionImport &importing() { return m_import; }
    ReviewBar *bar() const { return m_bar; }
    ReviewLayer *layer() const { return m_layer; }
    TaskProgress *progress() const { return m_progress; } ///< for the status bar
    void setTheme(const Theme &theme);

Q_SIGNALS:
    void importingChanged();

private:
    void importNext();
    void take(const ImportedDetections &imported);
    void offerReview(const QString &sentence);
    void showProblems(const ImportedDetections &imported);

    Document &m_document;
    PromptSession &m_prompts;
    MessageBar &m_messages;
    QWidget *m_window;
    ReviewSession m_session;
    DetectionImport m_import;
    struct Waiting {
        std::filesystem::path file;
        bool isForOpening; ///< for what is being opened, not for what is open
    };
    std::deque<Waiting> m_files; ///< to be imported
    ReviewLayer *m_layer;
    ReviewBar *m_bar;
    TaskProgress *m_progress;
};

} // namespace ui
