// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/proposals/review_desk.h"

#include "ui/editing/edits.h"
#include "ui/widgets/canvas/canvas_view.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/proposals/review_bar.h"
#include "ui/widgets/proposals/review_layer.h"
#include "ui/widgets/task_progress.h"
#include "ui/widgets/words.h"

#include <QLocale>
#include <QMessageBox>

namespace ui
{
namespace
{

QString proposalCount(std::size_t count)
{
    return count == 1 ? ReviewDesk::tr("1 proposal")
                      : ReviewDesk::tr("%1 proposals").arg(QLocale().toString(qlonglong(count)));
}

QString pictureCount(std::size_t count)
{
    return count == 1 ? ReviewDesk::tr("1 picture")
                      : ReviewDesk::tr("%1 pictures").arg(QLocale().toString(qlonglong(count)));
}

QString detectionCount(std::size_t count)
{
    return count == 1 ? ReviewDesk::tr("1 detection")
                      : ReviewDesk::tr("%1 detections").arg(QLocale().toString(qlonglong(count)));
}

QString summary(const ImportedDetections &imported)
{
    const std::size_t count = imported.proposals->size();
    const bool isKnown = imported.known.waiting + imported.known.objects > 0;
    QString text =
        count > 0
            ? ReviewDesk::tr("%1 in %2.").arg(proposalCount(count), pictureCount(imported.pictures))
        : isKnown ? ReviewDesk::tr("Nothing new was found in the file.")
                  : ReviewDesk::tr("No detection could be used.");
    if (imported.known.waiting > 0)
        text += QLatin1Char(' ') + ReviewDesk::tr("Left out: %1 already waiting for a decision.")
                                       .arg(detectionCount(imported.known.waiting));
    if (imported.known.objects > 0)
        text += QLatin1Char(' ') + ReviewDesk::tr("Left out: %1 where an object already is.")
                                       .arg(detectionCount(imported.known.objects));
    if (imported.elsewhere > 0)
        text += QLatin1Char(' ') +
                ReviewDesk::tr("Left out: %1 in pictures that are not in this project.")
                    .arg(detectionCount(imported.elsewhere));
    if (imported.bad > 0)
        text += QLatin1Char(' ') +
                ReviewDesk::tr("Could not be read: %1.").arg(detectionCount(imported.bad));
    return text;
}

} // namespace

ReviewDesk::ReviewDesk(Document &document, SegmentationService &service, PromptSession &prompts,
                       CanvasView &canvas, MessageBar &messages, QWidget *window)
    : QObject(window), m_document(document), m_prompts(prompts), m_messages(messages),
      m_window(window), m_session(document, service, prompts),
      m_layer(new ReviewLayer(canvas, m_session)),
      m_bar(new ReviewBar(document, prompts, m_session, &canvas)),
      m_progress(new TaskProgress(tr("Importing")))
{
    connect(m_bar, &ReviewBar::acceptAsked, &prompts, &PromptSession::accept);
    connect(m_progress, &TaskProgress::cancelled, &m_import, &DetectionImport::cancel);
    connect(&m_import, &DetectionImport::progressed, m_progress, &TaskProgress::setProgress);
    connect(&m_import, &DetectionImport::finished, this, &ReviewDesk::take);
    connect(&m_import, &DetectionImport::failed, this,
            [this](core::ErrorKind kind, const QString &detail) {
                m_messages.showMessage(MessageBar::Kind::Error, errorText(kind, detail));
            });
    connect(&m_import, &DetectionImport::cancelled, this, [this] {
        m_messages.showMessage(MessageBar::Kind::Information,
                               tr("The import was stopped. Nothing was imported."));
    });
    const auto done = [this] {
        m_progress->hide();
        Q_EMIT importingChanged();
        importNext();
    };
    connect(&m_import, &DetectionImport::finished, this, done);
    connect(&m_import, &DetectionImport::failed, this, done);
    connect(&m_import, &DetectionImport::cancelled, this, done);
    connect(&m_session, &ReviewSession::finished, this, [this] {
        m_messages.showMessage(MessageBar::Kind::Information, tr("That was the last proposal."));
    });
    connect(&document, &Document::imagesListed, this, &ReviewDesk::importNext);
    connect(&document, &Document::openFailed, this, [this] {
        std::erase_if(m_files, [](const Waiting &waiting) { return waiting.isForOpening; });
        importNext();
    });
    connect(&document, &Document::opened, this, [this] {
        for (Waiting &waiting : m_files)
            waiting.isForOpening = false; // it is here
    });
    connect(&document, &Document::projectChanged, this, [this] {
        // Ids mean something else now.
        std::erase_if(m_files, [](const Waiting &waiting) { return !waiting.isForOpening; });
        m_import.cancel();
        if (m_session.count() > 0)
            offerReview(tr("Waiting for a decision: %1.").arg(proposalCount(m_session.count())));
    });
}

void ReviewDesk::import(const std::filesystem::path &file)
{
    m_files.push_back({file, m_document.isOpening()});
    importNext();
}

void ReviewDesk::importNext()
{
    if (m_files.empty() || m_document.isListing() || m_import.isRunning())
        return;
    const std::filesystem::path file = m_files.front().file;
    m_files.pop_front();
    if (!m_document.isOpen() || m_document.isReadOnly()) {
        m_messages.showMessage(
            MessageBar::Kind::Information,
            m_document.isOpen()
                ? tr("This project is open for reading only.")
                : tr("Open the pictures first, or together with what a detector found in them."));
        m_files.clear();
        return;
    }
    m_progress->setProgress(0);
    m_progress->show();
    m_import.start(file, m_document.snapshot(), m_document.proposalsNow());
    Q_EMIT importingChanged();
}

void ReviewDesk::take(const ImportedDetections &imported)
{
    if (!imported.proposals->empty())
        addProposals(m_document, imported.proposals);
    const QString text = summary(imported);
    const bool isBusy = m_prompts.isActive() && !m_session.isOn();
    if (imported.bad > 0 || imported.elsewhere > 0)
        m_messages.showMessage(MessageBar::Kind::Warning, text, tr("Details…"),
                               [this, imported] { showProblems(imported); });
    else if (isBusy)
        offerReview(text);
    else
        m_messages.showMessage(MessageBar::Kind::Information, text);
    if (!isBusy)
        m_session.start();
}

void ReviewDesk::offerReview(const QString &sentence)
{
    m_messages.showMessage(MessageBar::Kind::Information, sentence, tr("Review"),
                           [this] { next(); });
}

void ReviewDesk::showProblems(const ImportedDetections &imported)
{
    QStringList lines = imported.problems;
    if (imported.bad > std::size_t(imported.problems.size()))
        lines << tr("… and others.");
    if (!imported.missing.isEmpty())
        lines << tr("Not in this project:") << imported.missing;
    QMessageBox box(QMessageBox::Information, tr("What was left out"), summary(imported),
                    QMessageBox::Ok, m_window);
    box.setDetailedText(lines.join(QLatin1Char('\n')));
    box.exec();
}

void ReviewDesk::next()
{
    if (m_session.isOn())
        m_session.next();
    else if (m_prompts.isActive())
        m_messages.showMessage(MessageBar::Kind::Information,
                               tr("Accept or drop the object being drawn first."));
    else
        m_session.start();
}

bool ReviewDesk::stepBack()
{
    if (!m_session.isOn())
        return false;
    if (!m_session.undoCorrection())
        m_session.leave();
    return true;
}

void ReviewDesk::setTheme(const Theme &theme)
{
    m_bar->setTheme(theme);
}

} // namespace ui
