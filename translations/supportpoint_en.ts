<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="vi_VN">
<context>
    <name>AcknowledgeAnswer</name>
    <message>
        <source>Tôi nhận đúng như vậy</source>
        <translation>Yes, I confirm this</translation>
    </message>
</context>
<context>
    <name>ActionBar</name>
    <message>
        <source>Quay lại</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Tiếp tục</source>
        <translation>Continue</translation>
    </message>
</context>
<context>
    <name>ArticlePage</name>
    <message>
        <source>Bài này chỉ có tiếng Việt.</source>
        <translation>This article is in Vietnamese only.</translation>
    </message>
    <message>
        <source>Đọc %1 phút</source>
        <translation>%1 min to read</translation>
    </message>
    <message>
        <source>Tin, học hỏi</source>
        <translation>News and learning</translation>
    </message>
    <message>
        <source>Bài sau</source>
        <translation>Next article</translation>
    </message>
    <message>
        <source>Bài %1/%2</source>
        <translation>Article %1/%2</translation>
    </message>
    <message>
        <source>Chưa ai kiểm lại</source>
        <translation>Not checked yet</translation>
    </message>
    <message>
        <source>Đọc thường</source>
        <translation>Usual speed</translation>
    </message>
    <message>
        <source>Đọc chậm</source>
        <translation>Slower</translation>
    </message>
    <message>
        <source>Câu trước</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>Câu sau</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>Câu %1/%2</source>
        <translation>Sentence %1/%2</translation>
    </message>
    <message>
        <source>Chưa có giọng đọc.</source>
        <translation>No voice yet.</translation>
    </message>
    <message>
        <source>Nguồn: %1. Máy ghi tháng %2.</source>
        <translation>Source: %1. Noted here in %2.</translation>
    </message>
</context>
<context>
    <name>ArticleTile</name>
    <message>
        <source>Mới</source>
        <translation>New</translation>
    </message>
</context>
<context>
    <name>AttractPage</name>
    <message>
        <source>Làm giấy tờ, bán hàng, hỏi luật.
Không mất tiền.</source>
        <translation>Papers, selling, law.
Free of charge.</translation>
    </message>
    <message>
        <source>%1 giờ %2</source>
        <translation>%1:%2</translation>
    </message>
    <message>
        <source>%1 giờ</source>
        <translation>%1:00</translation>
    </message>
    <message>
        <source>Cần nối lại</source>
        <translation>Connect again</translation>
    </message>
    <message>
        <source>Điểm hỗ trợ xã hội số</source>
        <translation>Digital support point</translation>
    </message>
    <message>
        <source>Chạm vào đây</source>
        <translation>Touch here</translation>
    </message>
    <message>
        <source>Mở cửa %1 đến %2</source>
        <translation>Open %1 to %2</translation>
    </message>
    <message>
        <source>Xem cách dùng</source>
        <translation>See how it works</translation>
    </message>
    <message>
        <source>Đã xóa thông tin trên màn hình.</source>
        <translation>The screen has been wiped.</translation>
    </message>
    <message>
        <source>Máy thử</source>
        <translation>Test machine</translation>
    </message>
    <message>
        <source>Máy vẫn giúp được. Cán bộ có mặt từ %1.</source>
        <translation>This machine still helps. Staff are here from %1.</translation>
    </message>
    <message>
        <source>Gọi cán bộ</source>
        <translation>Call staff</translation>
    </message>
</context>
<context>
    <name>CameraPill</name>
    <message>
        <source>Máy ảnh thử</source>
        <translation>Test camera</translation>
    </message>
    <message>
        <source>Máy ảnh đang bật</source>
        <translation>Camera is on</translation>
    </message>
</context>
<context>
    <name>CaptionStrip</name>
    <message>
        <source>Chưa có giọng đọc</source>
        <translation>No voice yet</translation>
    </message>
    <message>
        <source>Đóng</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>CardListenButton</name>
    <message>
        <source>Nghe</source>
        <translation>Listen</translation>
    </message>
</context>
<context>
    <name>CommuneAnswer</name>
    <message>
        <source>Xã khác</source>
        <translation>Another commune</translation>
    </message>
    <message>
        <source>trước đây: %1</source>
        <translation>before: %1</translation>
    </message>
</context>
<context>
    <name>ConfirmCardPage</name>
    <message>
        <source>Có phải thông tin này không?</source>
        <translation>Is this right?</translation>
    </message>
    <message>
        <source>%1. Máy vừa đọc từ thẻ.</source>
        <translation>%1. Just read from the card.</translation>
    </message>
    <message>
        <source>Máy vừa đọc từ thẻ.</source>
        <translation>Just read from the card.</translation>
    </message>
    <message>
        <source>Phần %1/%2</source>
        <translation>Part %1/%2</translation>
    </message>
    <message>
        <source>Quét lại</source>
        <translation>Scan again</translation>
    </message>
    <message>
        <source>Không phải</source>
        <translation>Not this</translation>
    </message>
    <message>
        <source>Đúng rồi</source>
        <translation>Yes, right</translation>
    </message>
    <message>
        <source>Lấy lại từ phần %1.</source>
        <translation>Taken again from part %1.</translation>
    </message>
    <message>
        <source>Nam</source>
        <translation>Male</translation>
    </message>
    <message>
        <source>Nữ</source>
        <translation>Female</translation>
    </message>
    <message>
        <source>Xã mới: %1</source>
        <translation>New commune: %1</translation>
    </message>
    <message>
        <source>Trên thẻ: %1</source>
        <translation>On the card: %1</translation>
    </message>
    <message>
        <source>Chưa rõ xã mới. Máy sẽ hỏi bà con.</source>
        <translation>New commune not certain. You will be asked.</translation>
    </message>
    <message>
        <source>Họ và tên</source>
        <translation>Full name</translation>
    </message>
    <message>
        <source>Ngày sinh</source>
        <translation>Date of birth</translation>
    </message>
    <message>
        <source>Giới tính</source>
        <translation>Sex</translation>
    </message>
    <message>
        <source>Nơi ở</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>Số căn cước</source>
        <translation>Card number</translation>
    </message>
    <message>
        <source>số được che lại</source>
        <translation>number is hidden</translation>
    </message>
</context>
<context>
    <name>ConsentPage</name>
    <message>
        <source>Máy chưa gửi gì cả.</source>
        <translation>Nothing has been sent.</translation>
    </message>
    <message>
        <source>Chọn gì cũng được. Bà con có thể đòi xóa hoặc sửa.</source>
        <translation>Either is fine. You can ask to delete or correct it.</translation>
    </message>
    <message>
        <source>Có việc riêng. Bà con đồng ý không?</source>
        <translation>Some of it is private. Do you agree?</translation>
    </message>
    <message>
        <source>Gửi về tỉnh có được không?</source>
        <translation>May this go to the province?</translation>
    </message>
    <message>
        <source>Bà con có đồng ý không?</source>
        <translation>Do you agree?</translation>
    </message>
    <message>
        <source>Không đồng ý thì máy không giữ hồ sơ này.</source>
        <translation>Without your consent nothing is kept.</translation>
    </message>
    <message>
        <source>Việc %1/%2</source>
        <translation>Matter %1/%2</translation>
    </message>
    <message>
        <source>Xem lại</source>
        <translation>Look again</translation>
    </message>
    <message>
        <source>Về đầu, không gửi</source>
        <translation>Home, send nothing</translation>
    </message>
    <message>
        <source>Đăng lên chợ có được không?</source>
        <translation>May we show it on the market?</translation>
    </message>
    <message>
        <source>Người mua vào chợ cũng xem được.</source>
        <translation>Buyers on the market can see it too.</translation>
    </message>
    <message>
        <source>Chỉ người lo việc này mới xem phần riêng.</source>
        <translation>Only who handles this sees the private part.</translation>
    </message>
    <message>
        <source>Máy khóa phần này rồi gửi về tỉnh.</source>
        <translation>This part goes to the province, locked.</translation>
    </message>
    <message>
        <source>%1 sẽ xem thông tin này.</source>
        <translation>%1 will see this.</translation>
    </message>
    <message>
        <source>Ai xem?</source>
        <translation>Who sees it?</translation>
    </message>
    <message>
        <source>Để làm gì?</source>
        <translation>What for?</translation>
    </message>
    <message>
        <source>Chỉ dùng để làm việc bà con nhờ.</source>
        <translation>Only to do what you asked for.</translation>
    </message>
    <message>
        <source>Để người mua thấy hàng và gọi bà con.</source>
        <translation>So that buyers see the goods and call you.</translation>
    </message>
    <message>
        <source>Giữ bao lâu?</source>
        <translation>How long?</translation>
    </message>
    <message>
        <source>Đến khi bà con xin gỡ xuống.</source>
        <translation>Until you ask to take it down.</translation>
    </message>
    <message>
        <source>Đến khi xong việc và hết hạn cất giấy.</source>
        <translation>Until the matter is done and its papers may go.</translation>
    </message>
    <message>
        <source>Tôi không đồng ý</source>
        <translation>I do not agree</translation>
    </message>
    <message>
        <source>Tôi đồng ý</source>
        <translation>I agree</translation>
    </message>
    <message>
        <source>Muốn làm tiếp thì chạm «Xem lại».</source>
        <translation>To go on, touch “Look again”.</translation>
    </message>
    <message>
        <source>Cần hỏi thêm, mời gọi cán bộ.</source>
        <translation>For questions, call staff.</translation>
    </message>
</context>
<context>
    <name>CoverSheet</name>
    <message>
        <source>Điểm hỗ trợ xã hội số</source>
        <translation>Digital support point</translation>
    </message>
    <message>
        <source>Mùa vụ hôm nay</source>
        <translation>The season today</translation>
    </message>
    <message>
        <source>Ngày %1 tháng %2 âm lịch</source>
        <translation>Day %1 of lunar month %2</translation>
    </message>
    <message>
        <source> nhuận</source>
        <translation> (leap)</translation>
    </message>
    <message>
        <source>Tiết %1</source>
        <translation>Solar term %1</translation>
    </message>
    <message>
        <source>Theo %1, %2</source>
        <translation>Source: %1, %2</translation>
    </message>
</context>
<context>
    <name>CurtainSheet</name>
    <message>
        <source>Chạm để làm tiếp.</source>
        <translation>Touch to go on.</translation>
    </message>
    <message>
        <source>Việc đang làm vẫn còn.</source>
        <translation>What you were doing is still here.</translation>
    </message>
</context>
<context>
    <name>DateAnswer</name>
    <message>
        <source>Sinh %1. Năm nay %2 tuổi.</source>
        <translation>Born %1. Age %2 this year.</translation>
    </message>
    <message>
        <source>Sinh năm %1. Năm nay %2 tuổi.</source>
        <translation>Born in %1. Age %2 this year.</translation>
    </message>
    <message>
        <source>Hôm nay</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>Hôm qua</source>
        <translation>Yesterday</translation>
    </message>
    <message>
        <source>Ngày khác</source>
        <translation>Another day</translation>
    </message>
    <message>
        <source>Biết đủ ngày, tháng, năm</source>
        <translation>I know day, month and year</translation>
    </message>
    <message>
        <source>Tý, chuột</source>
        <translation>Rat</translation>
    </message>
    <message>
        <source>Sửu, trâu</source>
        <translation>Buffalo</translation>
    </message>
    <message>
        <source>Dần, hổ</source>
        <translation>Tiger</translation>
    </message>
    <message>
        <source>Mão, mèo</source>
        <translation>Cat</translation>
    </message>
    <message>
        <source>Thìn, rồng</source>
        <translation>Dragon</translation>
    </message>
    <message>
        <source>Tỵ, rắn</source>
        <translation>Snake</translation>
    </message>
    <message>
        <source>Ngọ, ngựa</source>
        <translation>Horse</translation>
    </message>
    <message>
        <source>Mùi, dê</source>
        <translation>Goat</translation>
    </message>
    <message>
        <source>Thân, khỉ</source>
        <translation>Monkey</translation>
    </message>
    <message>
        <source>Dậu, gà</source>
        <translation>Rooster</translation>
    </message>
    <message>
        <source>Tuất, chó</source>
        <translation>Dog</translation>
    </message>
    <message>
        <source>Hợi, lợn</source>
        <translation>Pig</translation>
    </message>
    <message>
        <source>Ngày âm %1. Ngày dương khoảng %2.</source>
        <translation>Lunar date %1. About %2 by the sun.</translation>
    </message>
    <message>
        <source>Năm %1, khoảng %2. Năm nay %3 tuổi.</source>
        <translation>Year %1, about %2. Turns %3 this year.</translation>
    </message>
    <message>
        <source>Sinh ngày mấy?</source>
        <translation>Born on which day?</translation>
    </message>
    <message>
        <source>Ngày mấy?</source>
        <translation>Which day?</translation>
    </message>
    <message>
        <source>Sinh tháng mấy?</source>
        <translation>Born in which month?</translation>
    </message>
    <message>
        <source>Tháng mấy?</source>
        <translation>Which month?</translation>
    </message>
    <message>
        <source>Sinh năm âm lịch nào?</source>
        <translation>Born in which lunar year?</translation>
    </message>
    <message>
        <source>Sinh năm nào?</source>
        <translation>Born in which year?</translation>
    </message>
    <message>
        <source>Năm nào?</source>
        <translation>Which year?</translation>
    </message>
    <message>
        <source>Sinh khoảng năm âm lịch nào?</source>
        <translation>Born around which lunar year?</translation>
    </message>
    <message>
        <source>Sinh khoảng năm nào?</source>
        <translation>Born around which year?</translation>
    </message>
    <message>
        <source>Khoảng năm nào?</source>
        <translation>Around which year?</translation>
    </message>
    <message>
        <source>Sinh năm con gì?</source>
        <translation>Born in the year of which animal?</translation>
    </message>
    <message>
        <source>Năm nào gần đúng nhất?</source>
        <translation>Which year is closest?</translation>
    </message>
    <message>
        <source>Sinh tháng âm lịch nào?</source>
        <translation>Born in which lunar month?</translation>
    </message>
    <message>
        <source>Sinh ngày âm lịch nào?</source>
        <translation>Born on which lunar day?</translation>
    </message>
    <message>
        <source>Năm nay khoảng bao nhiêu tuổi?</source>
        <translation>About how old this year?</translation>
    </message>
    <message>
        <source>Chỉ biết năm</source>
        <translation>I only know the year</translation>
    </message>
    <message>
        <source>Biết tháng và năm</source>
        <translation>Month and year known</translation>
    </message>
    <message>
        <source>Biết tuổi con gì</source>
        <translation>Animal year known</translation>
    </message>
    <message>
        <source>Biết ngày âm lịch</source>
        <translation>Lunar date known</translation>
    </message>
    <message>
        <source>Tháng %1</source>
        <translation>Month %1</translation>
    </message>
    <message>
        <source>Năm cũ hơn</source>
        <translation>Earlier</translation>
    </message>
    <message>
        <source>Năm sinh</source>
        <translation>Year of birth</translation>
    </message>
    <message>
        <source>Năm</source>
        <translation>Year</translation>
    </message>
    <message>
        <source>Khoảng %1</source>
        <translation>About %1</translation>
    </message>
    <message>
        <source>%1, %2, %3 tuổi</source>
        <translation>%1, %2, age %3</translation>
    </message>
    <message>
        <source>Tháng %1 nhuận</source>
        <translation>Leap month %1</translation>
    </message>
    <message>
        <source>Chỉ ghi năm, không ghi ngày.</source>
        <translation>Only the year is written.</translation>
    </message>
</context>
<context>
    <name>DemoPage</name>
    <message>
        <source>Chạm vào hình để chọn.</source>
        <translation>Touch a picture to choose it.</translation>
    </message>
    <message>
        <source>Chạm vào cái loa để nghe.</source>
        <translation>Touch the loudspeaker to listen.</translation>
    </message>
    <message>
        <source>Chọn xong thì chạm Tiếp tục.</source>
        <translation>When you have chosen, touch Continue.</translation>
    </message>
    <message>
        <source>Nhầm thì chạm Quay lại. Không mất gì.</source>
        <translation>A slip? Touch Back. Nothing is lost.</translation>
    </message>
    <message>
        <source>Không biết thì chạm Gọi cán bộ.</source>
        <translation>Not sure? Touch Call staff.</translation>
    </message>
    <message>
        <source>Xong thì cầm giấy hẹn về.</source>
        <translation>When done, take your slip home.</translation>
    </message>
    <message>
        <source>Bà con về thì máy xóa hết.</source>
        <translation>When you leave, the machine forgets everything.</translation>
    </message>
    <message>
        <source>Cách dùng: %1/%2</source>
        <translation>How it works: %1/%2</translation>
    </message>
    <message>
        <source>Xem cách dùng</source>
        <translation>See how it works</translation>
    </message>
    <message>
        <source>Xong</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>Tiếp tục</source>
        <translation>Continue</translation>
    </message>
</context>
<context>
    <name>DeviceMicrophone</name>
    <message>
        <source>Đang ghi, mời nói</source>
        <translation>Recording speak</translation>
    </message>
    <message>
        <source>Ghi xong. Tiếng to nhất %1 phần trăm.</source>
        <translation>Recorded. Loudest %1 percent.</translation>
    </message>
    <message>
        <source>Đang phát lại</source>
        <translation>Playing it back</translation>
    </message>
    <message>
        <source>Chưa ghi</source>
        <translation>Nothing recorded</translation>
    </message>
    <message>
        <source>Micrô đang bật</source>
        <translation>Microphone is on</translation>
    </message>
</context>
<context>
    <name>DevicePage</name>
    <message>
        <source>Thử thiết bị</source>
        <translation>Device tests</translation>
    </message>
    <message>
        <source>Danh sách</source>
        <translation>List</translation>
    </message>
    <message>
        <source>Thử thứ tiếp theo</source>
        <translation>Try the next one</translation>
    </message>
    <message>
        <source>Đặt một tờ giấy vào dưới máy ảnh.</source>
        <translation>Put a sheet of paper under the camera.</translation>
    </message>
    <message>
        <source>Đưa một mã vuông bất kỳ vào.</source>
        <translation>Hold any square code before it.</translation>
    </message>
    <message>
        <source>Chạm ghi rồi nói to một câu.</source>
        <translation>Touch record and say a sentence aloud.</translation>
    </message>
    <message>
        <source>In một tờ thử, xem chữ có rõ không.</source>
        <translation>Print a test slip and look at the letters.</translation>
    </message>
    <message>
        <source>Chạm phát rồi lắng nghe.</source>
        <translation>Touch play and listen.</translation>
    </message>
    <message>
        <source>Chụp một ảnh</source>
        <translation>Take a photo</translation>
    </message>
    <message>
        <source>Xem tiếp</source>
        <translation>Look on</translation>
    </message>
    <message>
        <source>Ghi 3 giây</source>
        <translation>Record 3 seconds</translation>
    </message>
    <message>
        <source>Có nghe thấy</source>
        <translation>I heard it</translation>
    </message>
    <message>
        <source>Không nghe thấy</source>
        <translation>I heard nothing</translation>
    </message>
    <message>
        <source>Đang in</source>
        <translation>Printing</translation>
    </message>
    <message>
        <source>In thử</source>
        <translation>Test print</translation>
    </message>
    <message>
        <source>Nghe lại</source>
        <translation>Play it back</translation>
    </message>
    <message>
        <source>Đang phát</source>
        <translation>Playing</translation>
    </message>
    <message>
        <source>Phát thử</source>
        <translation>Play</translation>
    </message>
    <message>
        <source>Chưa có giọng đọc tiếng Việt. Máy vẫn hiện chữ.</source>
        <translation>No Vietnamese voice yet. The words still show.</translation>
    </message>
    <message>
        <source>Máy thử</source>
        <translation>Test machine</translation>
    </message>
</context>
<context>
    <name>DevicePrinter</name>
    <message>
        <source>Máy đang in tờ thử.</source>
        <translation>Printing the test slip.</translation>
    </message>
    <message>
        <source>In xong rồi. Xem chữ có rõ không.</source>
        <translation>Printed. See whether the letters are clear.</translation>
    </message>
    <message>
        <source>Giấy A4</source>
        <translation>A4 paper</translation>
    </message>
    <message>
        <source>Giấy cuộn 80 mm</source>
        <translation>80 mm roll</translation>
    </message>
</context>
<context>
    <name>DeviceScanner</name>
    <message>
        <source>Thẻ căn cước</source>
        <translation>Citizen card</translation>
    </message>
    <message>
        <source>Giấy hẹn</source>
        <translation>Receipt</translation>
    </message>
    <message>
        <source>Mã khác</source>
        <translation>Another code</translation>
    </message>
    <message>
        <source>Đang chờ mã</source>
        <translation>Waiting for a code</translation>
    </message>
    <message>
        <source>Dài %1 chữ. Đã đọc %2 lần.</source>
        <translation>%1 characters. Read %2 times.</translation>
    </message>
</context>
<context>
    <name>DeviceSpeaker</name>
    <message>
        <source>Có nghe thấy tiếng không?</source>
        <translation>Did you hear a sound?</translation>
    </message>
    <message>
        <source>Đang phát tiếng</source>
        <translation>Playing</translation>
    </message>
    <message>
        <source>Độ to %1 trên %2</source>
        <translation>Loudness %1 of %2</translation>
    </message>
    <message>
        <source>Nhỏ đi</source>
        <translation>Softer</translation>
    </message>
    <message>
        <source>To lên</source>
        <translation>Louder</translation>
    </message>
</context>
<context>
    <name>DeviceTouchPage</name>
    <message>
        <source>Góc %1</source>
        <translation>Corner %1</translation>
    </message>
    <message>
        <source>Màn hình chạm tốt</source>
        <translation>The touch screen works</translation>
    </message>
    <message>
        <source>Chạm vào bốn góc, còn %1</source>
        <translation>Touch the four corners, %1 left</translation>
    </message>
    <message>
        <source>Danh sách</source>
        <translation>List</translation>
    </message>
</context>
<context>
    <name>DeviceWords</name>
    <message>
        <source>Máy ảnh</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>Máy quét mã</source>
        <translation>Code scanner</translation>
    </message>
    <message>
        <source>Micrô</source>
        <translation>Microphone</translation>
    </message>
    <message>
        <source>Loa</source>
        <translation>Speaker</translation>
    </message>
    <message>
        <source>Giọng đọc</source>
        <translation>Voice</translation>
    </message>
    <message>
        <source>Máy in</source>
        <translation>Printer</translation>
    </message>
    <message>
        <source>Màn hình chạm</source>
        <translation>Touch screen</translation>
    </message>
    <message>
        <source>Tốt</source>
        <translation>Works</translation>
    </message>
    <message>
        <source>Không thấy</source>
        <translation>Not there</translation>
    </message>
    <message>
        <source>Chưa chạy</source>
        <translation>Not working</translation>
    </message>
    <message>
        <source>Chưa thử</source>
        <translation>Not tried</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message>
        <source>Thử thiết bị của máy</source>
        <translation>Try the devices of this machine</translation>
    </message>
    <message>
        <source>Chạm vào từng thứ để thử.</source>
        <translation>Touch each one to try it.</translation>
    </message>
    <message>
        <source>Thử thiết bị</source>
        <translation>Device tests</translation>
    </message>
    <message>
        <source>Xong</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>DoorPage</name>
    <message>
        <source>Bà con muốn nói cách nào?</source>
        <translation>How would you like to tell it?</translation>
    </message>
    <message>
        <source>Có ai đang nhìn không?</source>
        <translation>Is anybody watching?</translation>
    </message>
    <message>
        <source>Chỉ %1 mở được việc này.</source>
        <translation>Only %1 can open this.</translation>
    </message>
    <message>
        <source>Việc riêng</source>
        <translation>Private matter</translation>
    </message>
    <message>
        <source>Đã khóa. Làm dở thì máy giữ một ngày.</source>
        <translation>Locked. Unfinished, it is kept for one day.</translation>
    </message>
    <message>
        <source>Đã khóa màn hình. Rời đi là máy xóa.</source>
        <translation>The screen is locked. Leaving wipes it.</translation>
    </message>
    <message>
        <source>Rời đi là máy xóa. Muốn giữ thì khóa.</source>
        <translation>Leaving wipes it. To keep it, lock it.</translation>
    </message>
    <message>
        <source>Rời đi giữa chừng là máy xóa hết.</source>
        <translation>Leaving half-way wipes all of it.</translation>
    </message>
    <message>
        <source>Chọn hình khác</source>
        <translation>Choose other pictures</translation>
    </message>
    <message>
        <source>Khóa bằng ba hình</source>
        <translation>Lock with three pictures</translation>
    </message>
    <message>
        <source>Nghe bằng tai nghe</source>
        <translation>Listen on headphones</translation>
    </message>
    <message>
        <source>Gặp riêng cán bộ</source>
        <translation>See an officer alone</translation>
    </message>
    <message>
        <source>Tự nói với máy</source>
        <translation>Tell the machine myself</translation>
    </message>
</context>
<context>
    <name>EmergencyStrip</name>
    <message>
        <source>Việc gấp, gọi:</source>
        <translation>Urgent? Call:</translation>
    </message>
</context>
<context>
    <name>EndingPage</name>
    <message>
        <source>Làm việc khác hay nghỉ?</source>
        <translation>Do something else, or finish?</translation>
    </message>
    <message>
        <source>Máy tự xóa màn hình.</source>
        <translation>The screen wipes itself.</translation>
    </message>
    <message>
        <source>Việc riêng</source>
        <translation>Private matter</translation>
    </message>
    <message>
        <source>Việc này chưa gửi. Rời đi là máy xóa.</source>
        <translation>This is not sent. Leaving wipes it.</translation>
    </message>
    <message>
        <source>Việc này đã khóa. Máy giữ một ngày.</source>
        <translation>This is locked. It is kept for one day.</translation>
    </message>
    <message>
        <source>Việc này chưa gửi. Máy cất cho cán bộ mở lại.</source>
        <translation>This is not sent. Staff can open it again.</translation>
    </message>
    <message>
        <source>Khóa bằng ba hình</source>
        <translation>Lock with three pictures</translation>
    </message>
    <message>
        <source>Còn %1 giây</source>
        <translation>%1 seconds left</translation>
    </message>
    <message>
        <source>Việc khác</source>
        <translation>Something else</translation>
    </message>
    <message>
        <source>Xong, xóa màn hình</source>
        <translation>Done, wipe the screen</translation>
    </message>
</context>
<context>
    <name>EyeButton</name>
    <message>
        <source>Xem</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>Che lại</source>
        <translation>Hide</translation>
    </message>
</context>
<context>
    <name>FixButton</name>
    <message>
        <source>Sửa</source>
        <translation>Edit</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Mời gọi cán bộ ở bàn.</source>
        <translation>Ask staff at the desk.</translation>
    </message>
    <message>
        <source>Việc đã làm vẫn còn trong máy.</source>
        <translation>Your work is kept in the machine.</translation>
    </message>
    <message>
        <source>Hoặc gọi số %1.</source>
        <translation>Or call %1.</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Bà con cần làm gì?</source>
        <translation>What do you need?</translation>
    </message>
    <message>
        <source>Chạm vào một hình.</source>
        <translation>Touch one picture.</translation>
    </message>
    <message>
        <source>Làm giấy tờ</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>Bán hàng</source>
        <translation>Sell</translation>
    </message>
    <message>
        <source>Hỏi luật</source>
        <translation>Ask the law</translation>
    </message>
    <message>
        <source>Góp ý</source>
        <translation>Feedback</translation>
    </message>
    <message>
        <source>Tin, học hỏi</source>
        <translation>News, learning</translation>
    </message>
    <message>
        <source>Xem hồ sơ</source>
        <translation>My case</translation>
    </message>
    <message>
        <source>Chữ vừa</source>
        <translation>Smaller</translation>
    </message>
    <message>
        <source>Chữ to</source>
        <translation>Bigger</translation>
    </message>
    <message>
        <source>Làm tiếp việc đang dở</source>
        <translation>Go on where I stopped</translation>
    </message>
    <message>
        <source>Sắp có</source>
        <translation>Coming soon</translation>
    </message>
    <message>
        <source>Mục này chưa mở. Mời bà con quay lại sau.</source>
        <translation>This part is not open yet. Come back later.</translation>
    </message>
</context>
<context>
    <name>Keyboard</name>
    <message>
        <source>dấu sắc</source>
        <translation>rising tone</translation>
    </message>
    <message>
        <source>dấu huyền</source>
        <translation>falling tone</translation>
    </message>
    <message>
        <source>dấu hỏi</source>
        <translation>dipping tone</translation>
    </message>
    <message>
        <source>dấu ngã</source>
        <translation>broken tone</translation>
    </message>
    <message>
        <source>dấu nặng</source>
        <translation>heavy tone</translation>
    </message>
    <message>
        <source>Xóa</source>
        <translation>Erase</translation>
    </message>
    <message>
        <source>Xóa hết</source>
        <translation>Erase all</translation>
    </message>
    <message>
        <source>Lấy lại</source>
        <translation>Bring back</translation>
    </message>
    <message>
        <source>Chữ hoa</source>
        <translation>Capitals</translation>
    </message>
    <message>
        <source>Dấu cách</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>Ẩn</source>
        <translation>Hide</translation>
    </message>
</context>
<context>
    <name>LanguagePage</name>
    <message>
        <source>Nghe tiếng nào dễ nhất?</source>
        <translation>Which language is easiest?</translation>
    </message>
    <message>
        <source>Chạm để chọn. Chạm lần nữa để vào.</source>
        <translation>Touch to choose. Touch again to enter.</translation>
    </message>
    <message>
        <source>Chữ vừa</source>
        <translation>Smaller</translation>
    </message>
    <message>
        <source>Chữ to</source>
        <translation>Bigger</translation>
    </message>
    <message>
        <source>Màu thường</source>
        <translation>Colours</translation>
    </message>
    <message>
        <source>Đậm màu</source>
        <translation>Contrast</translation>
    </message>
    <message>
        <source>Tiếng khác sẽ có thêm sau.</source>
        <translation>More languages will come later.</translation>
    </message>
    <message>
        <source>Cần tiếng khác, mời gọi cán bộ.</source>
        <translation>Need another language? Call staff.</translation>
    </message>
</context>
<context>
    <name>LanguageRow</name>
    <message>
        <source>Đã dịch %1 phần trăm</source>
        <translation>%1 percent translated</translation>
    </message>
    <message>
        <source>Chưa dịch, còn chữ Việt</source>
        <translation>Not yet, still Vietnamese</translation>
    </message>
    <message>
        <source>Chưa có giọng đọc</source>
        <translation>No voice yet</translation>
    </message>
</context>
<context>
    <name>ListenButton</name>
    <message>
        <source>Nghe</source>
        <translation>Hear</translation>
    </message>
    <message>
        <source>Dừng</source>
        <translation>Stop</translation>
    </message>
</context>
<context>
    <name>ListingPage</name>
    <message>
        <source>Người mua sẽ thấy như thế này.</source>
        <translation>This is what buyers will see.</translation>
    </message>
    <message>
        <source>Cán bộ xem rồi mới đăng.</source>
        <translation>Staff look before it is shown.</translation>
    </message>
    <message>
        <source>Đăng bán</source>
        <translation>Put up for sale</translation>
    </message>
    <message>
        <source>Ghi nốt chỗ thiếu</source>
        <translation>Fill in what is missing</translation>
    </message>
    <message>
        <source>Sửa chỗ chưa đúng</source>
        <translation>Correct what is wrong</translation>
    </message>
    <message>
        <source>%1 đồng / %2</source>
        <translation>%1 đồng / %2</translation>
    </message>
    <message>
        <source>Hiện có: %1</source>
        <translation>In stock: %1</translation>
    </message>
    <message>
        <source>%1 và %2 chỗ nữa</source>
        <translation>%1 and %2 more</translation>
    </message>
    <message>
        <source>Còn thiếu: %1</source>
        <translation>Still missing: %1</translation>
    </message>
    <message>
        <source>Cần sửa: %1</source>
        <translation>To correct: %1</translation>
    </message>
    <message>
        <source>Sửa, ghi thêm</source>
        <translation>Edit or add</translation>
    </message>
    <message>
        <source>Chưa gửi đâu nhé.</source>
        <translation>Not sent yet.</translation>
    </message>
    <message>
        <source>Thêm ảnh</source>
        <translation>Add a picture</translation>
    </message>
</context>
<context>
    <name>LockPad</name>
    <message>
        <source>Trâu</source>
        <translation>Buffalo</translation>
    </message>
    <message>
        <source>Gà</source>
        <translation>Chicken</translation>
    </message>
    <message>
        <source>Cá</source>
        <translation>Fish</translation>
    </message>
    <message>
        <source>Trứng</source>
        <translation>Eggs</translation>
    </message>
    <message>
        <source>Quả</source>
        <translation>Fruit</translation>
    </message>
    <message>
        <source>Lá</source>
        <translation>Leaf</translation>
    </message>
    <message>
        <source>Nhà</source>
        <translation>House</translation>
    </message>
    <message>
        <source>Núi</source>
        <translation>Mountain</translation>
    </message>
    <message>
        <source>Cầu</source>
        <translation>Bridge</translation>
    </message>
    <message>
        <source>Xe máy</source>
        <translation>Motorbike</translation>
    </message>
    <message>
        <source>Nấm</source>
        <translation>Mushroom</translation>
    </message>
    <message>
        <source>Sao</source>
        <translation>Star</translation>
    </message>
</context>
<context>
    <name>LockPage</name>
    <message>
        <source>Chọn ba hình để khóa</source>
        <translation>Choose three pictures as a lock</translation>
    </message>
    <message>
        <source>Chạm lại ba hình ấy</source>
        <translation>Touch the same three again</translation>
    </message>
    <message>
        <source>Chạm ba hình của mình</source>
        <translation>Touch your three pictures</translation>
    </message>
    <message>
        <source>Chờ một chút.</source>
        <translation>One moment.</translation>
    </message>
    <message>
        <source>Nhớ cả thứ tự: hình một, hình hai, hình ba.</source>
        <translation>Remember the order: first, second, third.</translation>
    </message>
    <message>
        <source>Đúng thứ tự: hình một, hình hai, hình ba.</source>
        <translation>In the same order: first, second, third.</translation>
    </message>
    <message>
        <source>Hai lần chưa giống. Chọn lại từ đầu.</source>
        <translation>The two were not alike. Choose again.</translation>
    </message>
    <message>
        <source>Chưa đúng. Mời chạm lại, còn %1 lần.</source>
        <translation>Not right. Touch again, %1 tries left.</translation>
    </message>
    <message>
        <source>Việc riêng</source>
        <translation>Private matter</translation>
    </message>
    <message>
        <source>Mở việc đã khóa</source>
        <translation>Open what I locked</translation>
    </message>
    <message>
        <source>%1 trên 3 hình</source>
        <translation>%1 of 3 pictures</translation>
    </message>
</context>
<context>
    <name>LockSheet</name>
    <message>
        <source>Chạm ba hình của mình</source>
        <translation>Touch your three pictures</translation>
    </message>
    <message>
        <source>Chưa đúng. Mời chạm lại, còn %1 lần.</source>
        <translation>Not right. Touch again, %1 tries left.</translation>
    </message>
    <message>
        <source>Về đầu</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>Gọi cán bộ</source>
        <translation>Call staff</translation>
    </message>
    <message>
        <source>Quay lại</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>NotYetAnswer</name>
    <message>
        <source>Máy chưa nhận được tệp.</source>
        <translation>This machine cannot take files yet.</translation>
    </message>
    <message>
        <source>Mời bà con đi tiếp. Mang tệp đến cho cán bộ.</source>
        <translation>You can go on. Bring the file to the staff.</translation>
    </message>
</context>
<context>
    <name>NumberAnswer</name>
    <message>
        <source> đồng</source>
        <translation> VND</translation>
    </message>
    <message>
        <source>%1 đồng</source>
        <translation>%1 đồng</translation>
    </message>
    <message>
        <source>Còn %1 số.</source>
        <translation>%1 digits to go.</translation>
    </message>
    <message>
        <source>nghìn</source>
        <translation>thousand</translation>
    </message>
    <message>
        <source>triệu</source>
        <translation>million</translation>
    </message>
</context>
<context>
    <name>NumberPad</name>
    <message>
        <source>Xóa</source>
        <translation>Erase</translation>
    </message>
</context>
<context>
    <name>PageFrame</name>
    <message>
        <source>Việc riêng</source>
        <translation>Private matter</translation>
    </message>
    <message>
        <source>Nút «Che màn hình» ở trên che hết ngay. Chạm dòng chữ góc trái trên để mở lại.</source>
        <translation>“Hide screen” at the top hides all at once. Touch the words at the top left to come back.</translation>
    </message>
</context>
<context>
    <name>PageTurner</name>
    <message>
        <source>Trước</source>
        <translation>Before</translation>
    </message>
    <message>
        <source>Trang trước</source>
        <translation>Previous page</translation>
    </message>
    <message>
        <source>Trang %1/%2</source>
        <translation>Page %1/%2</translation>
    </message>
    <message>
        <source>Xem thêm</source>
        <translation>More</translation>
    </message>
</context>
<context>
    <name>PaperCard</name>
    <message>
        <source>Có</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>Chưa có</source>
        <translation>Not yet</translation>
    </message>
</context>
<context>
    <name>PathPage</name>
    <message>
        <source>Xong phần %1.</source>
        <translation>Done: %1.</translation>
    </message>
    <message>
        <source>Còn một phần, rồi gửi.</source>
        <translation>One part left, then send.</translation>
    </message>
    <message>
        <source>Còn %1 phần, rồi gửi.</source>
        <translation>%1 more parts, then send.</translation>
    </message>
    <message>
        <source>Làm phần %1</source>
        <translation>Go on to %1</translation>
    </message>
    <message>
        <source>xong</source>
        <translation>done</translation>
    </message>
    <message>
        <source>tiếp theo</source>
        <translation>next</translation>
    </message>
    <message>
        <source>Gửi</source>
        <translation>Send</translation>
    </message>
    <message>
        <source>Phần này đã giữ trong máy.</source>
        <translation>This part is kept on the machine.</translation>
    </message>
    <message>
        <source>Máy không giữ lại gì.</source>
        <translation>The machine keeps nothing.</translation>
    </message>
    <message>
        <source>Máy chưa gửi gì cả.</source>
        <translation>Nothing has been sent yet.</translation>
    </message>
</context>
<context>
    <name>PhotoBed</name>
    <message>
        <source>Xem to</source>
        <translation>See it large</translation>
    </message>
    <message>
        <source>Máy ảnh chưa chạy</source>
        <translation>Camera not working</translation>
    </message>
</context>
<context>
    <name>PhotoPage</name>
    <message>
        <source>Ảnh rõ rồi</source>
        <translation>The picture is clear</translation>
    </message>
    <message>
        <source>Mời xem lại ảnh</source>
        <translation>Look at the picture</translation>
    </message>
    <message>
        <source>Máy ảnh chưa chạy. Mời gọi cán bộ.</source>
        <translation>Camera not working. Call staff.</translation>
    </message>
    <message>
        <source>Đặt giấy vào giữa khung.</source>
        <translation>Put the paper in the middle.</translation>
    </message>
    <message>
        <source>Cán bộ ghi: %1</source>
        <translation>Staff wrote: %1</translation>
    </message>
    <message>
        <source>Chưa chụp được. Mời chụp lại.</source>
        <translation>No picture yet. Take it again.</translation>
    </message>
    <message>
        <source>Phần %1/%2</source>
        <translation>Part %1/%2</translation>
    </message>
    <message>
        <source>Rõ rồi, dùng ảnh</source>
        <translation>Clear, use it</translation>
    </message>
    <message>
        <source>Vẫn dùng ảnh này</source>
        <translation>Use it anyway</translation>
    </message>
    <message>
        <source>Nhờ cán bộ giúp</source>
        <translation>Ask staff to help</translation>
    </message>
    <message>
        <source>Chưa có giấy, làm tiếp</source>
        <translation>No paper yet, go on</translation>
    </message>
    <message>
        <source>Chụp</source>
        <translation>Take picture</translation>
    </message>
    <message>
        <source>Máy ảnh chưa chạy. Vẫn làm tiếp được.</source>
        <translation>The camera is off. You can go on.</translation>
    </message>
    <message>
        <source>Mang giấy đến sau</source>
        <translation>Bring the paper later</translation>
    </message>
    <message>
        <source>Không chụp, làm tiếp</source>
        <translation>No picture, go on</translation>
    </message>
    <message>
        <source>Hồ sơ sẽ ghi: giấy này nộp sau.</source>
        <translation>The file will say: this paper comes later.</translation>
    </message>
    <message>
        <source>Việc này cần có ảnh. Việc đã làm vẫn còn trong máy.</source>
        <translation>This needs a picture. What you did stays in the machine.</translation>
    </message>
    <message>
        <source>Không có ảnh, hồ sơ vẫn gửi được.</source>
        <translation>The file can be sent without a picture.</translation>
    </message>
    <message>
        <source>Không có ảnh vẫn gửi được.</source>
        <translation>It can be sent without a picture.</translation>
    </message>
    <message>
        <source>Ảnh %1 trên %2</source>
        <translation>Picture %1 of %2</translation>
    </message>
    <message>
        <source>Đủ bốn góc</source>
        <translation>All four corners</translation>
    </message>
    <message>
        <source>Không lóa</source>
        <translation>No glare</translation>
    </message>
    <message>
        <source>Thiếu góc</source>
        <translation>A corner is missing</translation>
    </message>
    <message>
        <source>Chữ mờ</source>
        <translation>Letters are blurred</translation>
    </message>
    <message>
        <source>Ảnh mờ</source>
        <translation>The picture is blurred</translation>
    </message>
    <message>
        <source>Tối quá</source>
        <translation>Too dark</translation>
    </message>
    <message>
        <source>Bị lóa</source>
        <translation>Glare</translation>
    </message>
    <message>
        <source>Mất góc. Đặt giấy vào giữa.</source>
        <translation>Corner cut. Put it in the middle.</translation>
    </message>
    <message>
        <source>Ảnh rõ</source>
        <translation>Sharp picture</translation>
    </message>
    <message>
        <source>Ảnh bị mờ. Giữ yên rồi chụp lại.</source>
        <translation>Blurred. Hold still and take it again.</translation>
    </message>
    <message>
        <source>Rõ chữ</source>
        <translation>Sharp words</translation>
    </message>
    <message>
        <source>Chữ bị mờ. Giữ yên rồi chụp lại.</source>
        <translation>Blurred. Take it again.</translation>
    </message>
    <message>
        <source>Đủ sáng</source>
        <translation>Enough light</translation>
    </message>
    <message>
        <source>Chụp lại</source>
        <translation>Take again</translation>
    </message>
    <message>
        <source>Tối quá. Quay về chỗ sáng.</source>
        <translation>Too dark. Turn to the light.</translation>
    </message>
    <message>
        <source>Bị lóa. Nghiêng giấy một chút.</source>
        <translation>Glare. Tilt the paper a little.</translation>
    </message>
    <message>
        <source>Giữ yên. Máy sắp chụp.</source>
        <translation>Hold still. The picture is coming.</translation>
    </message>
    <message>
        <source>Thêm trang</source>
        <translation>Add a page</translation>
    </message>
    <message>
        <source>Để sau, về đầu</source>
        <translation>Leave it for later</translation>
    </message>
    <message>
        <source>Chưa có giấy này</source>
        <translation>I do not have it</translation>
    </message>
</context>
<context>
    <name>PlayButton</name>
    <message>
        <source>Dừng</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Nghe</source>
        <translation>Listen</translation>
    </message>
</context>
<context>
    <name>PreparationPage</name>
    <message>
        <source>Nơi nhận: %1.</source>
        <translation>Goes to: %1.</translation>
    </message>
    <message>
        <source>Bà con mang giấy này chưa?</source>
        <translation>Do you have these papers?</translation>
    </message>
    <message>
        <source>Bà con chuẩn bị giấy tờ nhé.</source>
        <translation>Get your papers ready.</translation>
    </message>
    <message>
        <source>Ai sẽ nhận việc này?</source>
        <translation>Who will receive this?</translation>
    </message>
    <message>
        <source>Thiếu giấy vẫn làm được. Nộp sau cũng được.</source>
        <translation>You can start without. Bring them later.</translation>
    </message>
    <message>
        <source>Thiếu giấy vẫn làm được.</source>
        <translation>You can go on without a paper.</translation>
    </message>
    <message>
        <source>Máy chưa gửi gì cả.</source>
        <translation>Nothing has been sent.</translation>
    </message>
    <message>
        <source>Có đủ, bắt đầu</source>
        <translation>I have all, start</translation>
    </message>
    <message>
        <source>Thiếu, vẫn làm trước</source>
        <translation>Start without</translation>
    </message>
    <message>
        <source>Thiếu giấy, vẫn làm trước</source>
        <translation>Missing some, start anyway</translation>
    </message>
    <message>
        <source>Bắt đầu</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Xem cách dùng</source>
        <translation>See how it works</translation>
    </message>
    <message>
        <source>Khoảng %1 phút</source>
        <translation>About %1 minutes</translation>
    </message>
    <message>
        <source>Nơi nhận</source>
        <translation>Goes to</translation>
    </message>
    <message>
        <source>Có giấy gì, mời mang ra sẵn.</source>
        <translation>Put the papers you have at hand.</translation>
    </message>
    <message>
        <source>Hỏi đến giấy nào thì chụp giấy đó.</source>
        <translation>Photograph each when it is asked for.</translation>
    </message>
    <message>
        <source>Chưa có mạng vẫn làm được. Máy sẽ gửi sau.</source>
        <translation>Works without a network. Sent later.</translation>
    </message>
    <message>
        <source>Hỏi lại cán bộ cho chắc.</source>
        <translation>Ask staff to be sure.</translation>
    </message>
</context>
<context>
    <name>ProblemPage</name>
    <message>
        <source>Việc đã làm vẫn còn.</source>
        <translation>Your work is kept.</translation>
    </message>
    <message>
        <source>Câu trả lời vẫn còn trên màn hình này.</source>
        <translation>The answers are still on this screen.</translation>
    </message>
    <message>
        <source>Kết thúc</source>
        <translation>End</translation>
    </message>
    <message>
        <source>Thử lại</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Máy chạy sai ngày giờ. Mời gọi cán bộ.</source>
        <translation>This machine has a wrong date. Call staff.</translation>
    </message>
    <message>
        <source>Máy chưa lưu được. Mời gọi cán bộ.</source>
        <translation>It could not be saved. Call staff.</translation>
    </message>
    <message>
        <source>Máy đã đầy. Mời gọi cán bộ.</source>
        <translation>This machine is full. Call staff.</translation>
    </message>
    <message>
        <source>Tờ này chưa mở được. Mời gọi cán bộ.</source>
        <translation>This form does not open. Call staff.</translation>
    </message>
    <message>
        <source>Máy ảnh chưa chạy. Mời gọi cán bộ.</source>
        <translation>Camera not working. Call staff.</translation>
    </message>
    <message>
        <source>Máy in hết giấy. Mời gọi cán bộ.</source>
        <translation>The printer has no paper. Call staff.</translation>
    </message>
    <message>
        <source>Máy chưa làm được. Mời gọi cán bộ.</source>
        <translation>It did not work. Call staff.</translation>
    </message>
</context>
<context>
    <name>QuestionPage</name>
    <message>
        <source>Mời xem</source>
        <translation>Have a look</translation>
    </message>
    <message>
        <source>Phần %1/%2</source>
        <translation>Part %1/%2</translation>
    </message>
    <message>
        <source>Đủ rồi, tiếp tục</source>
        <translation>That is all, go on</translation>
    </message>
    <message>
        <source>Tiếp tục</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Chưa có gì để chọn. Mời gọi cán bộ.</source>
        <translation>Nothing to choose from yet. Call the staff.</translation>
    </message>
</context>
<context>
    <name>QuestionTools</name>
    <message>
        <source>Lấy lại ô cũ</source>
        <translation>Take them back</translation>
    </message>
    <message>
        <source>Vì sao hỏi?</source>
        <translation>Why?</translation>
    </message>
    <message>
        <source>Đổi đơn vị</source>
        <translation>Change unit</translation>
    </message>
    <message>
        <source>Tôi không biết</source>
        <translation>I do not know</translation>
    </message>
</context>
<context>
    <name>QuestionWords</name>
    <message>
        <source>Ô này đứng một mình. Các ô khác đã bỏ.</source>
        <translation>This one stands alone. The others were let go.</translation>
    </message>
    <message>
        <source>Chạm vào một hình.</source>
        <translation>Touch one picture.</translation>
    </message>
    <message>
        <source>Chạm vào một ô.</source>
        <translation>Touch one box.</translation>
    </message>
    <message>
        <source>Đã chọn %1. Chạm thêm ô khác cũng được.</source>
        <translation>%1 chosen. You may touch more.</translation>
    </message>
    <message>
        <source>Chọn năm gần đúng cũng được.</source>
        <translation>About the right year will do.</translation>
    </message>
    <message>
        <source>Số này chưa đúng. Mời ghi lại.</source>
        <translation>This number is not right. Write it again.</translation>
    </message>
    <message>
        <source>Máy chưa hiểu. Mời ghi lại.</source>
        <translation>Not understood. Write it again.</translation>
    </message>
    <message>
        <source>Mời ghi họ và tên.</source>
        <translation>Write the full name.</translation>
    </message>
    <message>
        <source>Mời chọn một hình.</source>
        <translation>Choose one picture.</translation>
    </message>
    <message>
        <source>Mời chọn một ô.</source>
        <translation>Choose one box.</translation>
    </message>
    <message>
        <source>Mời chọn ít nhất một ô.</source>
        <translation>Choose at least one box.</translation>
    </message>
    <message>
        <source>Mời chọn ngày.</source>
        <translation>Choose a date.</translation>
    </message>
    <message>
        <source>Mời chọn giờ.</source>
        <translation>Choose the time.</translation>
    </message>
    <message>
        <source>Mời chọn xã.</source>
        <translation>Choose a commune.</translation>
    </message>
    <message>
        <source>Mời ghi số.</source>
        <translation>Write the number.</translation>
    </message>
    <message>
        <source>Mời chạm vào ô để nhận.</source>
        <translation>Touch the box to confirm.</translation>
    </message>
    <message>
        <source>Mời ghi câu trả lời.</source>
        <translation>Write an answer.</translation>
    </message>
</context>
<context>
    <name>ReceiptBanner</name>
    <message>
        <source>XONG RỒI</source>
        <translation>DONE</translation>
    </message>
    <message>
        <source>Đã nhận việc của bà con.</source>
        <translation>We have your request.</translation>
    </message>
    <message>
        <source>Gửi thêm cho hồ sơ %1.</source>
        <translation>Sent in addition to case %1.</translation>
    </message>
    <message>
        <source>Đã gửi</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>Đã lưu, chờ gửi</source>
        <translation>Saved, to be sent</translation>
    </message>
    <message>
        <source>Đã gửi thêm</source>
        <translation>More was sent</translation>
    </message>
</context>
<context>
    <name>ReceiptCode</name>
    <message>
        <source>Mã vuông của giấy hẹn</source>
        <translation>Square code of the receipt</translation>
    </message>
    <message>
        <source>Mã hồ sơ, để nói với cán bộ</source>
        <translation>Case number, to tell staff</translation>
    </message>
    <message>
        <source>Mã kín, để xem kết quả</source>
        <translation>Secret code, to see the result</translation>
    </message>
</context>
<context>
    <name>ReceiptPage</name>
    <message>
        <source>Xong rồi. Đã nhận việc của bà con.</source>
        <translation>Done. We have your request.</translation>
    </message>
    <message>
        <source>Đưa điện thoại chụp mã này</source>
        <translation>Photograph this code with a phone</translation>
    </message>
    <message>
        <source>Không có điện thoại thì chép mã ra giấy.</source>
        <translation>No phone? Copy the codes on paper.</translation>
    </message>
    <message>
        <source>Xong, về đầu</source>
        <translation>Done, home</translation>
    </message>
    <message>
        <source>Chụp xong rồi</source>
        <translation>I have it</translation>
    </message>
    <message>
        <source>Máy gửi khi có mạng</source>
        <translation>Sent when there is a network</translation>
    </message>
    <message>
        <source>Máy đã gửi đi</source>
        <translation>The machine has sent it</translation>
    </message>
    <message>
        <source>Nơi nhận: %1</source>
        <translation>Goes to: %1</translation>
    </message>
    <message>
        <source>Chỉ nơi nhận mới xem được</source>
        <translation>Only the receiver can read it</translation>
    </message>
    <message>
        <source>Quay lại đây xem kết quả</source>
        <translation>Come back here for the result</translation>
    </message>
    <message>
        <source>Có kết quả, mời đến lấy</source>
        <translation>Come for the result</translation>
    </message>
    <message>
        <source>Giữ cả giấy hẹn cũ</source>
        <translation>Keep the first receipt too</translation>
    </message>
    <message>
        <source>Bà con không phải chờ ở đây</source>
        <translation>No need to wait here</translation>
    </message>
    <message>
        <source>Bà con không phải gửi lại</source>
        <translation>You need not send it again</translation>
    </message>
    <message>
        <source>Còn thiếu: %1</source>
        <translation>Still missing: %1</translation>
    </message>
    <message>
        <source>Thiếu gì, cán bộ sẽ báo một lần</source>
        <translation>If anything is missing, they say it once</translation>
    </message>
    <message>
        <source>Mang mã này theo</source>
        <translation>Bring this code</translation>
    </message>
    <message>
        <source>Xem kết quả bằng giấy hẹn cũ</source>
        <translation>It still tells you the result</translation>
    </message>
    <message>
        <source>Đang in</source>
        <translation>Printing</translation>
    </message>
    <message>
        <source>In lại</source>
        <translation>Print again</translation>
    </message>
    <message>
        <source>In giấy hẹn</source>
        <translation>Print slip</translation>
    </message>
    <message>
        <source>Chụp bằng điện thoại</source>
        <translation>Use a phone</translation>
    </message>
</context>
<context>
    <name>ReceiptSlip</name>
    <message>
        <source>Mã vuông của giấy hẹn</source>
        <translation>Square code of the receipt</translation>
    </message>
    <message>
        <source>Ngày nộp</source>
        <translation>Handed in</translation>
    </message>
    <message>
        <source>Máy đang in giấy hẹn.</source>
        <translation>Printing your receipt.</translation>
    </message>
    <message>
        <source>In xong rồi. Mời lấy giấy hẹn.</source>
        <translation>Printed. Take your receipt.</translation>
    </message>
    <message>
        <source>Máy in hết giấy. Mời chép hoặc chụp mã này.</source>
        <translation>Printer has no paper. Copy or photograph this code.</translation>
    </message>
    <message>
        <source>Chưa in được. Mời chép hoặc chụp mã này.</source>
        <translation>Could not print. Copy or photograph this code.</translation>
    </message>
    <message>
        <source>Mã này xem việc gửi thêm.</source>
        <translation>This code follows what you added.</translation>
    </message>
    <message>
        <source>Mã kín. Gõ khi không quét được.</source>
        <translation>Secret code. Type it if it does not scan.</translation>
    </message>
    <message>
        <source>Mã hồ sơ, để nói</source>
        <translation>Case number, to say</translation>
    </message>
</context>
<context>
    <name>Receivers</name>
    <message>
        <source>cán bộ %1</source>
        <translation>officers of %1</translation>
    </message>
    <message>
        <source>cán bộ xã</source>
        <translation>commune staff</translation>
    </message>
    <message>
        <source>công an %1</source>
        <translation>police of %1</translation>
    </message>
    <message>
        <source>công an xã</source>
        <translation>the commune police</translation>
    </message>
    <message>
        <source>bảo hiểm xã hội</source>
        <translation>social insurance</translation>
    </message>
    <message>
        <source>nhà trường</source>
        <translation>the school</translation>
    </message>
    <message>
        <source>trung tâm trợ giúp pháp lý</source>
        <translation>the legal aid centre</translation>
    </message>
    <message>
        <source>cán bộ coi chợ</source>
        <translation>the market officers</translation>
    </message>
    <message>
        <source>ban giám sát của dân</source>
        <translation>the people&apos;s board</translation>
    </message>
    <message>
        <source>nơi xem lại quyết định</source>
        <translation>who reviews the decision</translation>
    </message>
    <message>
        <source>thanh tra tỉnh</source>
        <translation>the inspectorate</translation>
    </message>
    <message>
        <source>cơ quan của tỉnh</source>
        <translation>the province</translation>
    </message>
    <message>
        <source>Chỉ người trợ giúp luật xem chuyện này.</source>
        <translation>Only legal aid reads this.</translation>
    </message>
    <message>
        <source>Muốn xã không biết? Mời chọn báo tin.</source>
        <translation>Should the commune not know? Choose a tip.</translation>
    </message>
    <message>
        <source>Có ghi tên. Nơi ra quyết định sẽ biết.</source>
        <translation>With your name. The deciding office will know.</translation>
    </message>
    <message>
        <source>Người bị tố cáo không nhận đơn này.</source>
        <translation>The accused does not receive this.</translation>
    </message>
    <message>
        <source>Người bị báo tin không nhận tin này.</source>
        <translation>The person named does not receive this.</translation>
    </message>
    <message>
        <source>Bên làm công trình không nhận tin này.</source>
        <translation>The builders do not receive this.</translation>
    </message>
    <message>
        <source>Người phát hỗ trợ không nhận tin này.</source>
        <translation>Those who give support do not receive this.</translation>
    </message>
</context>
<context>
    <name>RepeatAnswer</name>
    <message>
        <source>Đã ghi %1.</source>
        <translation>%1 written.</translation>
    </message>
    <message>
        <source>Chưa ghi mục nào.</source>
        <translation>None written yet.</translation>
    </message>
    <message>
        <source>Bỏ mục cuối</source>
        <translation>Remove the last</translation>
    </message>
    <message>
        <source>Thêm nữa: %1</source>
        <translation>Add another: %1</translation>
    </message>
    <message>
        <source>Thêm: %1</source>
        <translation>Add: %1</translation>
    </message>
</context>
<context>
    <name>ReuseCard</name>
    <message>
        <source>Dùng lại: %1</source>
        <translation>Use again: %1</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Thông tin này đúng chưa?</source>
        <translation>Is this all right?</translation>
    </message>
    <message>
        <source>Phần %1.</source>
        <translation>Part: %1.</translation>
    </message>
    <message>
        <source>Nơi nhận: %1.</source>
        <translation>Goes to: %1.</translation>
    </message>
    <message>
        <source>Cần sửa chỗ này.</source>
        <translation>This needs a change.</translation>
    </message>
    <message>
        <source>Xem lại %1/%2</source>
        <translation>Review %1/%2</translation>
    </message>
    <message>
        <source>Đúng hết rồi</source>
        <translation>All is right</translation>
    </message>
    <message>
        <source>Đúng, xem tiếp</source>
        <translation>Right, next</translation>
    </message>
    <message>
        <source>Xem tiếp</source>
        <translation>See more</translation>
    </message>
    <message>
        <source>Xem chỗ cần sửa</source>
        <translation>See what to correct</translation>
    </message>
    <message>
        <source>Đã chụp</source>
        <translation>Picture taken</translation>
    </message>
    <message>
        <source>Đã ký</source>
        <translation>Signed</translation>
    </message>
    <message>
        <source>Đã nhận</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>Đã ghi %1 giây</source>
        <translation>%1 seconds recorded</translation>
    </message>
    <message>
        <source>Đã ghi %1 phút %2 giây</source>
        <translation>%1 min %2 s recorded</translation>
    </message>
    <message>
        <source>Chưa trả lời</source>
        <translation>Not answered</translation>
    </message>
    <message>
        <source>Xem trên màn hình</source>
        <translation>Look at the screen</translation>
    </message>
    <message>
        <source>Xem hết, ghi thêm</source>
        <translation>See all, add more</translation>
    </message>
    <message>
        <source>Còn %1 chỗ cần sửa</source>
        <translation>%1 to change</translation>
    </message>
    <message>
        <source>Hồ sơ chưa gửi đâu nhé.</source>
        <translation>Not sent yet.</translation>
    </message>
    <message>
        <source>Phần này không có gì phải xem.</source>
        <translation>Nothing to look at here.</translation>
    </message>
</context>
<context>
    <name>ReviewRow</name>
    <message>
        <source>Chưa trả lời</source>
        <translation>Not answered</translation>
    </message>
</context>
<context>
    <name>ScanPage</name>
    <message>
        <source>Đưa mã vuông trên thẻ vào khung</source>
        <translation>Hold the square code in the frame</translation>
    </message>
    <message>
        <source>Máy quét thẻ chưa chạy</source>
        <translation>The card reader is not working</translation>
    </message>
    <message>
        <source>Đưa mã vuông trên thẻ vào khung. Máy tự đọc.</source>
        <translation>Hold the square code of the card in the frame. The machine reads it.</translation>
    </message>
    <message>
        <source>Mời chạm «%1».</source>
        <translation>Touch “%1”.</translation>
    </message>
    <message>
        <source>Phần %1/%2</source>
        <translation>Part %1/%2</translation>
    </message>
    <message>
        <source>Chạm «%1» để gõ.</source>
        <translation>Touch “%1” to type.</translation>
    </message>
    <message>
        <source>Đưa thẻ ra xa một chút</source>
        <translation>Hold the card a little farther</translation>
    </message>
    <message>
        <source>Nghiêng thẻ cho đỡ lóa</source>
        <translation>Tilt the card against glare</translation>
    </message>
    <message>
        <source>Chưa đọc được? Chạm số cũng được.</source>
        <translation>Not read yet? Touching the numbers works too.</translation>
    </message>
    <message>
        <source>Chưa phải mã của thẻ. Mời lật mặt có mã vuông.</source>
        <translation>Not the card&apos;s code. Turn to the side with the square code.</translation>
    </message>
    <message>
        <source>Thẻ này quét rồi. Mời đưa thẻ của người khác.</source>
        <translation>This card was read. Hold up the other person&apos;s card.</translation>
    </message>
    <message>
        <source>Đang chờ thẻ</source>
        <translation>Waiting for the card</translation>
    </message>
    <message>
        <source>Để cán bộ làm</source>
        <translation>Let staff do it</translation>
    </message>
    <message>
        <source>Máy quét đang bật</source>
        <translation>Scanner is on</translation>
    </message>
    <message>
        <source>Máy quét đang tắt</source>
        <translation>Scanner is off</translation>
    </message>
    <message>
        <source>Người khác nữa</source>
        <translation>Other people</translation>
    </message>
    <message>
        <source>Thẻ cũ</source>
        <translation>Old card</translation>
    </message>
    <message>
        <source>Mã vuông ở mặt trước</source>
        <translation>Code on the front</translation>
    </message>
    <message>
        <source>Thẻ mới</source>
        <translation>New card</translation>
    </message>
    <message>
        <source>Mã vuông ở mặt sau</source>
        <translation>Code on the back</translation>
    </message>
    <message>
        <source>Không mang thẻ</source>
        <translation>No card with me</translation>
    </message>
    <message>
        <source>Chạm số trên thẻ</source>
        <translation>Type the number</translation>
    </message>
    <message>
        <source>Không cần thẻ vẫn làm được</source>
        <translation>You can go on without a card</translation>
    </message>
</context>
<context>
    <name>SecretPad</name>
    <message>
        <source>Xóa</source>
        <translation>Erase</translation>
    </message>
</context>
<context>
    <name>SendingPage</name>
    <message>
        <source>Chờ một chút.</source>
        <translation>One moment.</translation>
    </message>
    <message>
        <source>Máy đang cất hồ sơ.</source>
        <translation>Your case is being saved.</translation>
    </message>
    <message>
        <source>Gửi đi %1 trên %2 ảnh</source>
        <translation>Sending picture %1 of %2</translation>
    </message>
    <message>
        <source>Gửi đi</source>
        <translation>Sent off</translation>
    </message>
    <message>
        <source>Kiểm tra đủ giấy</source>
        <translation>Papers checked</translation>
    </message>
    <message>
        <source>Lưu trong máy</source>
        <translation>Saved in the machine</translation>
    </message>
    <message>
        <source>Lưu trong máy, %1 ảnh</source>
        <translation>Saved here, %1 photos</translation>
    </message>
    <message>
        <source>Chưa có mạng. Máy sẽ gửi sau.</source>
        <translation>No network. It will be sent later.</translation>
    </message>
</context>
<context>
    <name>ServicesPage</name>
    <message>
        <source>Bà con làm giấy tờ gì?</source>
        <translation>Which paper do you need?</translation>
    </message>
    <message>
        <source>Chạm vào một hình.</source>
        <translation>Touch one picture.</translation>
    </message>
    <message>
        <source>Tạm dừng. Hỏi cán bộ.</source>
        <translation>Paused. Ask the staff.</translation>
    </message>
    <message>
        <source>Phần này để cán bộ làm.</source>
        <translation>This part is for the staff.</translation>
    </message>
    <message>
        <source>Bà con bán hàng gì?</source>
        <translation>What would you like to sell?</translation>
    </message>
    <message>
        <source>Bà con cần hỏi gì?</source>
        <translation>What would you like to ask?</translation>
    </message>
    <message>
        <source>Việc của cán bộ</source>
        <translation>Work of the staff</translation>
    </message>
    <message>
        <source>Bán hàng</source>
        <translation>Sell</translation>
    </message>
    <message>
        <source>Việc riêng</source>
        <translation>Private matter</translation>
    </message>
    <message>
        <source>Làm giấy tờ</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>Chưa có việc nào ở đây. Mời gọi cán bộ.</source>
        <translation>Nothing here yet. Call staff.</translation>
    </message>
</context>
<context>
    <name>ShelfPage</name>
    <message>
        <source>Bà con muốn xem gì?</source>
        <translation>What would you like to see?</translation>
    </message>
    <message>
        <source>Chạm vào một bài.</source>
        <translation>Touch an article.</translation>
    </message>
    <message>
        <source>Tin, học hỏi</source>
        <translation>News and learning</translation>
    </message>
    <message>
        <source>Mục khác</source>
        <translation>Other topics</translation>
    </message>
    <message>
        <source>Tất cả</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Chỉ có tiếng Việt</source>
        <translation>Vietnamese only</translation>
    </message>
    <message>
        <source>Đọc %1 phút</source>
        <translation>%1 min to read</translation>
    </message>
    <message>
        <source>Chưa có bài mới. Mời quay lại sau.</source>
        <translation>There is no new article yet. Come back later.</translation>
    </message>
</context>
<context>
    <name>SignaturePage</name>
    <message>
        <source>Mời ký tên vào ô</source>
        <translation>Sign in the box</translation>
    </message>
    <message>
        <source>Ký bằng ngón tay, như ký trên giấy.</source>
        <translation>Sign with a finger, as on paper.</translation>
    </message>
    <message>
        <source>Mời ký vào ô.</source>
        <translation>Sign in the box.</translation>
    </message>
    <message>
        <source>Mời ký tên, hoặc chạm «Tôi không biết ký».</source>
        <translation>Sign, or touch “I cannot sign”.</translation>
    </message>
    <message>
        <source>Phần %1/%2</source>
        <translation>Part %1/%2</translation>
    </message>
    <message>
        <source>Dùng chữ ký này</source>
        <translation>Use this signature</translation>
    </message>
    <message>
        <source>Ký ở đây</source>
        <translation>Sign here</translation>
    </message>
    <message>
        <source>Bỏ nét cuối</source>
        <translation>Undo last stroke</translation>
    </message>
    <message>
        <source>Xóa, ký lại</source>
        <translation>Clear, sign again</translation>
    </message>
    <message>
        <source>Tôi không biết ký</source>
        <translation>I cannot sign</translation>
    </message>
</context>
<context>
    <name>SmallTurner</name>
    <message>
        <source>Trước</source>
        <translation>Before</translation>
    </message>
    <message>
        <source>Trang trước</source>
        <translation>Previous page</translation>
    </message>
    <message>
        <source>Xem thêm</source>
        <translation>More</translation>
    </message>
</context>
<context>
    <name>StaffPanel</name>
    <message>
        <source>Cán bộ ngồi gần đây.</source>
        <translation>Staff sit close by.</translation>
    </message>
    <message>
        <source>Hoặc gọi số</source>
        <translation>Or call</translation>
    </message>
</context>
<context>
    <name>StatusPage</name>
    <message>
        <source>cán bộ xã</source>
        <translation>commune staff</translation>
    </message>
    <message>
        <source>Tin ngày %1</source>
        <translation>News of %1</translation>
    </message>
    <message>
        <source>Xem hồ sơ</source>
        <translation>My case</translation>
    </message>
    <message>
        <source>Mã khác</source>
        <translation>Other code</translation>
    </message>
    <message>
        <source>Đã lưu ở máy này, chờ gửi</source>
        <translation>Saved on this machine, waiting to be sent</translation>
    </message>
    <message>
        <source>Đang xử lý</source>
        <translation>Being handled</translation>
    </message>
    <message>
        <source>Đã quá ngày. Vẫn gửi thêm được.</source>
        <translation>The day has passed. You can still send more.</translation>
    </message>
    <message>
        <source>Gửi thêm giấy</source>
        <translation>Send more papers</translation>
    </message>
    <message>
        <source>Cán bộ đang kiểm tra.</source>
        <translation>Staff are checking.</translation>
    </message>
    <message>
        <source>Hồ sơ đã đến %1</source>
        <translation>Your case has reached %1</translation>
    </message>
    <message>
        <source>Đã gửi thêm rồi</source>
        <translation>More was sent</translation>
    </message>
    <message>
        <source>Cần thêm %1 thứ</source>
        <translation>%1 more things are needed</translation>
    </message>
    <message>
        <source>Có trả lời</source>
        <translation>Answered</translation>
    </message>
    <message>
        <source>Đã gửi phần thêm. Chờ cán bộ xem.</source>
        <translation>More was sent. Staff have yet to look.</translation>
    </message>
    <message>
        <source>đã quá ngày</source>
        <translation>the day has passed</translation>
    </message>
    <message>
        <source>Cán bộ đã nhận làm việc này</source>
        <translation>Staff have taken this on</translation>
    </message>
    <message>
        <source>Xong</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>Hồ sơ đang ở %1</source>
        <translation>Your case is with %1</translation>
    </message>
    <message>
        <source>Chờ gửi</source>
        <translation>To be sent</translation>
    </message>
    <message>
        <source>Đã nhận</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>Đã gửi</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>Cán bộ xã xem</source>
        <translation>Staff look at it</translation>
    </message>
    <message>
        <source>từ %1</source>
        <translation>since %1</translation>
    </message>
    <message>
        <source>Có kết quả</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>Máy sẽ gửi khi có mạng. Bà con không phải chờ.</source>
        <translation>It is sent when there is a network. No need to wait.</translation>
    </message>
    <message>
        <source>Đã gửi đi. Chưa có tin mới.</source>
        <translation>Sent. No news yet.</translation>
    </message>
    <message>
        <source>Hồ sơ vẫn còn. Có gì cán bộ sẽ báo.</source>
        <translation>Your case is kept. Staff will tell you.</translation>
    </message>
    <message>
        <source>Mời hỏi cán bộ vì sao.</source>
        <translation>Ask staff why.</translation>
    </message>
    <message>
        <source>Mời hỏi cán bộ cần thêm gì.</source>
        <translation>Ask staff what is missing.</translation>
    </message>
    <message>
        <source>Tin ngày %1. Chưa có tin mới.</source>
        <translation>News of %1. Nothing newer.</translation>
    </message>
    <message>
        <source>sau khi đủ giấy</source>
        <translation>once papers are complete</translation>
    </message>
    <message>
        <source>trước %1</source>
        <translation>before %1</translation>
    </message>
    <message>
        <source>Xem thêm bằng ba hình</source>
        <translation>Show more with three pictures</translation>
    </message>
    <message>
        <source>Mời giữ giấy hẹn để xem lại.</source>
        <translation>Keep your receipt to look again.</translation>
    </message>
    <message>
        <source>Chưa cần làm gì thêm.</source>
        <translation>Nothing to do now.</translation>
    </message>
    <message>
        <source>Hồ sơ cần gửi thêm</source>
        <translation>The case needs something more</translation>
    </message>
    <message>
        <source>Cán bộ chưa làm được việc này</source>
        <translation>Staff cannot do this yet</translation>
    </message>
    <message>
        <source>Chờ kết quả</source>
        <translation>Result to come</translation>
    </message>
</context>
<context>
    <name>StillHereSheet</name>
    <message>
        <source>giây</source>
        <translation>seconds</translation>
    </message>
    <message>
        <source>Bà con còn ở đây không?</source>
        <translation>Are you still here?</translation>
    </message>
    <message>
        <source>Tôi còn đây</source>
        <translation>I am still here</translation>
    </message>
    <message>
        <source>Hết giờ, máy cất việc này rồi về đầu.</source>
        <translation>Then your work is put away and the screen cleared.</translation>
    </message>
    <message>
        <source>Hết giờ, máy xóa việc này rồi về đầu.</source>
        <translation>When time is up, this is wiped and the machine starts over.</translation>
    </message>
    <message>
        <source>Gọi cán bộ</source>
        <translation>Call staff</translation>
    </message>
    <message>
        <source>Về đầu</source>
        <translation>Home</translation>
    </message>
</context>
<context>
    <name>SupplementPage</name>
    <message>
        <source>Cần thêm %1 thứ</source>
        <translation>%1 more things are needed</translation>
    </message>
    <message>
        <source>Cán bộ đã ghi hết một lần.</source>
        <translation>The officer listed everything at once.</translation>
    </message>
    <message>
        <source>Đã quá ngày. Vẫn gửi thêm được.</source>
        <translation>The day has passed. You can still send more.</translation>
    </message>
    <message>
        <source>Gửi thêm giấy</source>
        <translation>Send more papers</translation>
    </message>
    <message>
        <source>Gửi thêm</source>
        <translation>Send more</translation>
    </message>
    <message>
        <source>Làm ít nhất một thứ, rồi chạm «Gửi thêm».</source>
        <translation>Do at least one thing, then touch “Send more”.</translation>
    </message>
    <message>
        <source>Đủ rồi. Mời chạm «Gửi thêm».</source>
        <translation>All there. Touch “Send more”.</translation>
    </message>
    <message>
        <source>Cán bộ đã ghi hết một lần. Gửi trước %1.</source>
        <translation>All is listed at once. Send it before %1.</translation>
    </message>
    <message>
        <source>Xong %1 trên %2</source>
        <translation>%1 of %2 done</translation>
    </message>
    <message>
        <source>Chưa có giấy thì gửi phần đã xong trước. Nộp sau cũng được.</source>
        <translation>Send what is ready. The rest can come later.</translation>
    </message>
</context>
<context>
    <name>SupplementRow</name>
    <message>
        <source>Đã chụp</source>
        <translation>Picture taken</translation>
    </message>
    <message>
        <source>Đã ghi</source>
        <translation>Written</translation>
    </message>
    <message>
        <source>Sửa</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>Chụp ảnh</source>
        <translation>Take picture</translation>
    </message>
    <message>
        <source>Ghi vào</source>
        <translation>Write it</translation>
    </message>
    <message>
        <source>Chụp lại</source>
        <translation>Take again</translation>
    </message>
</context>
<context>
    <name>TextAnswer</name>
    <message>
        <source>Chạm vào đây để ghi</source>
        <translation>Touch here to write</translation>
    </message>
    <message>
        <source>Chạm vào họ và chữ đệm để ghi nhanh.</source>
        <translation>Touch a name to write it quickly.</translation>
    </message>
</context>
<context>
    <name>TimeAnswer</name>
    <message>
        <source>%1 giờ</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 phút</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>Chọn giờ.</source>
        <translation>Choose the hour.</translation>
    </message>
    <message>
        <source>Lúc %1 giờ %2 phút.</source>
        <translation>At %1:%2.</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Kết thúc</source>
        <translation>End</translation>
    </message>
    <message>
        <source>Về đầu</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>Máy thử</source>
        <translation>Test machine</translation>
    </message>
    <message>
        <source>Che màn hình</source>
        <translation>Hide screen</translation>
    </message>
    <message>
        <source>Đổi tiếng</source>
        <translation>Change language</translation>
    </message>
    <message>
        <source>Gọi cán bộ</source>
        <translation>Call staff</translation>
    </message>
</context>
<context>
    <name>TopicCard</name>
    <message>
        <source>Gửi %1</source>
        <translation>To %1</translation>
    </message>
</context>
<context>
    <name>TrackPage</name>
    <message>
        <source>Chờ một chút.</source>
        <translation>One moment.</translation>
    </message>
    <message>
        <source>Đưa mã vuông trên giấy hẹn vào khung</source>
        <translation>Hold the square code of the receipt in the frame</translation>
    </message>
    <message>
        <source>Gõ mã kín trên giấy hẹn</source>
        <translation>Type the secret code of the slip</translation>
    </message>
    <message>
        <source>Máy tự đọc, không cần chạm.</source>
        <translation>It reads by itself.</translation>
    </message>
    <message>
        <source>Mã này chưa đúng. Mời xem lại giấy hẹn.</source>
        <translation>This code is not right. Look at it again.</translation>
    </message>
    <message>
        <source>Chưa thấy mã này. Mời gõ lại từng chữ.</source>
        <translation>Code not found. Type it again, letter by letter.</translation>
    </message>
    <message>
        <source>Xem hồ sơ</source>
        <translation>My case</translation>
    </message>
    <message>
        <source>Máy quét chưa chạy. Mời gõ mã.</source>
        <translation>Scanner not working. Type the code.</translation>
    </message>
    <message>
        <source>Đưa giấy ra xa một chút</source>
        <translation>Hold the paper a little farther away</translation>
    </message>
    <message>
        <source>Vuốt phẳng giấy, tránh chỗ lóa</source>
        <translation>Smooth the paper, away from glare</translation>
    </message>
    <message>
        <source>Chưa đọc được. Gõ mã cũng được.</source>
        <translation>Not read yet. You can type it too.</translation>
    </message>
    <message>
        <source>Đang chờ giấy hẹn</source>
        <translation>Waiting for the receipt</translation>
    </message>
    <message>
        <source>Chưa thấy mã này. Mời đưa lại giấy hẹn vào khung.</source>
        <translation>This code was not found. Hold the receipt in the frame again.</translation>
    </message>
    <message>
        <source>Mã này chưa đúng. Mời đưa giấy hẹn vào khung.</source>
        <translation>This code is not right. Hold the receipt in the frame.</translation>
    </message>
    <message>
        <source>Gõ mã kín</source>
        <translation>Type the secret code</translation>
    </message>
    <message>
        <source>Máy quét đang tắt</source>
        <translation>Scanner is off</translation>
    </message>
    <message>
        <source>Giấy đã in</source>
        <translation>Printed slip</translation>
    </message>
    <message>
        <source>Mã vuông ở giữa giấy</source>
        <translation>The square is in the middle</translation>
    </message>
    <message>
        <source>Ảnh trong điện thoại</source>
        <translation>Photo on a phone</translation>
    </message>
    <message>
        <source>Mở ảnh ra, để màn hình sáng</source>
        <translation>Open it and make the screen bright</translation>
    </message>
    <message>
        <source>Máy quét chưa chạy.</source>
        <translation>The reader is not working.</translation>
    </message>
    <message>
        <source>Nhóm %1 trên %2, còn %3 chữ.</source>
        <translation>Group %1 of %2, %3 letters left.</translation>
    </message>
    <message>
        <source>Máy quét đang bật</source>
        <translation>Scanner is on</translation>
    </message>
</context>
<context>
    <name>TriagePage</name>
    <message>
        <source>Bà con muốn nói việc gì?</source>
        <translation>What would you like to say?</translation>
    </message>
    <message>
        <source>Chạm vào một việc. Máy chưa gửi gì cả.</source>
        <translation>Touch one. Nothing is sent yet.</translation>
    </message>
    <message>
        <source>Việc riêng</source>
        <translation>Private matter</translation>
    </message>
    <message>
        <source>Báo việc chưa tốt hoặc góp ý</source>
        <translation>Report a problem or an idea</translation>
    </message>
    <message>
        <source>Không đồng ý quyết định</source>
        <translation>Disagree with a decision</translation>
    </message>
    <message>
        <source>Báo tin, không ghi tên</source>
        <translation>Give a tip, without a name</translation>
    </message>
    <message>
        <source>Đường hỏng, thiếu nước, việc chậm.</source>
        <translation>Bad road, no water, slow service.</translation>
    </message>
    <message>
        <source>Biết việc sai, chưa muốn nói tên.</source>
        <translation>You know of a wrong, and stay unnamed.</translation>
    </message>
    <message>
        <source>Đường, cầu, trường, nước đang làm.</source>
        <translation>Roads, bridges, schools being built.</translation>
    </message>
    <message>
        <source>Trâu bò, giống, dụng cụ, vốn vay.</source>
        <translation>Cattle, seed, tools, loans.</translation>
    </message>
    <message>
        <source>Tạm dừng. Hỏi cán bộ.</source>
        <translation>Paused. Ask the staff.</translation>
    </message>
    <message>
        <source>Báo người làm sai, có ghi tên</source>
        <translation>Report a wrongdoer, named</translation>
    </message>
    <message>
        <source>Xem đường, cầu làm tốt không</source>
        <translation>Check roads and bridges</translation>
    </message>
    <message>
        <source>Xem hỗ trợ có đủ không</source>
        <translation>Check support is complete</translation>
    </message>
    <message>
        <source>Xã hay tỉnh làm sai việc của mình.</source>
        <translation>The commune or province did it wrong.</translation>
    </message>
    <message>
        <source>Tên của bà con được giữ kín.</source>
        <translation>Your name is kept secret.</translation>
    </message>
    <message>
        <source>Gửi %1</source>
        <translation>To %1</translation>
    </message>
    <message>
        <source>Chưa có việc nào ở đây. Mời gọi cán bộ.</source>
        <translation>Nothing here yet. Call staff.</translation>
    </message>
</context>
<context>
    <name>VisitGuard</name>
    <message>
        <source>Mời gọi cán bộ ở bàn.</source>
        <translation>Ask staff at the desk.</translation>
    </message>
    <message>
        <source>Hoặc gọi số %1.</source>
        <translation>Or call %1.</translation>
    </message>
</context>
<context>
    <name>VoiceMark</name>
    <message>
        <source>Giọng máy</source>
        <translation>Machine voice</translation>
    </message>
    <message>
        <source>Đọc tiếng Việt</source>
        <translation>In Vietnamese</translation>
    </message>
    <message>
        <source>Giọng máy, tiếng Việt</source>
        <translation>Machine voice, Vietnamese</translation>
    </message>
    <message>
        <source>Chưa có giọng đọc</source>
        <translation>No voice yet</translation>
    </message>
</context>
<context>
    <name>VoicePage</name>
    <message>
        <source>Việc gì?</source>
        <translation>What happened?</translation>
    </message>
    <message>
        <source>Khi nào?</source>
        <translation>When?</translation>
    </message>
    <message>
        <source>Với ai?</source>
        <translation>With whom?</translation>
    </message>
    <message>
        <source>Muốn giúp gì?</source>
        <translation>What help?</translation>
    </message>
    <message>
        <source>Gõ chữ</source>
        <translation>Write it</translation>
    </message>
    <message>
        <source>Không nói</source>
        <translation>Do not speak</translation>
    </message>
    <message>
        <source>Máy thu tiếng chưa chạy. Ghi bằng chữ cũng được.</source>
        <translation>The microphone is not working. You may write.</translation>
    </message>
    <message>
        <source>Máy thu tiếng chưa chạy. Mời làm tiếp.</source>
        <translation>The microphone is not working. Go on without it.</translation>
    </message>
    <message>
        <source>Mời nói, hoặc chạm Gõ chữ.</source>
        <translation>Speak, or touch Write it.</translation>
    </message>
    <message>
        <source>Mời nói, hoặc chạm Không nói.</source>
        <translation>Speak, or touch Do not speak.</translation>
    </message>
    <message>
        <source>Phần %1/%2</source>
        <translation>Part %1/%2</translation>
    </message>
    <message>
        <source>Tiếp tục</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Dùng lời này</source>
        <translation>Use this</translation>
    </message>
    <message>
        <source>Chuẩn bị nói</source>
        <translation>Get ready</translation>
    </message>
    <message>
        <source>Đang ghi</source>
        <translation>Recording</translation>
    </message>
    <message>
        <source>Chờ một chút</source>
        <translation>One moment</translation>
    </message>
    <message>
        <source>Đang phát lại</source>
        <translation>Playing</translation>
    </message>
    <message>
        <source>Đã ghi xong</source>
        <translation>Recorded</translation>
    </message>
    <message>
        <source>Máy chưa thu được tiếng</source>
        <translation>No microphone</translation>
    </message>
    <message>
        <source>Chạm nút tròn rồi nói</source>
        <translation>Touch and speak</translation>
    </message>
    <message>
        <source>Cần giúp thì chạm Gọi cán bộ.</source>
        <translation>For help, touch Call staff.</translation>
    </message>
    <message>
        <source>Còn 30 giây</source>
        <translation>30 seconds left</translation>
    </message>
    <message>
        <source>Đã được 3 phút. Nói thêm ngắn thôi nhé.</source>
        <translation>Three minutes. Only a little more.</translation>
    </message>
    <message>
        <source>Bà con nói xong chưa?</source>
        <translation>Have you finished?</translation>
    </message>
    <message>
        <source>Chưa nghe thấy tiếng. Nói gần hơn.</source>
        <translation>No voice heard. Speak closer.</translation>
    </message>
    <message>
        <source>Ngắn quá. Mời nói lại.</source>
        <translation>Too short. Say it again.</translation>
    </message>
    <message>
        <source>Đã đủ 5 phút. Lời nói được giữ lại.</source>
        <translation>Five minutes are full. It is kept.</translation>
    </message>
    <message>
        <source>Máy thu tiếng vừa tắt. Mời nghe lại.</source>
        <translation>The microphone went off. Listen again.</translation>
    </message>
    <message>
        <source>Máy chưa ghi được. Mời nói lại.</source>
        <translation>It was not recorded. Say it again.</translation>
    </message>
    <message>
        <source>Máy chưa có loa. Lời nói vẫn được giữ.</source>
        <translation>No loudspeaker here. Your words are kept.</translation>
    </message>
    <message>
        <source>Chạm nút tròn khi nói xong</source>
        <translation>Touch the round button when done</translation>
    </message>
    <message>
        <source>Mời nghe lại trước khi dùng.</source>
        <translation>Listen to it before using it.</translation>
    </message>
    <message>
        <source>Nói sau khi đếm xong.</source>
        <translation>Speak after the count.</translation>
    </message>
    <message>
        <source>Máy đếm 3, 2, 1 rồi mới ghi.</source>
        <translation>It counts 3, 2, 1, then records.</translation>
    </message>
    <message>
        <source>Chạm nút để dừng.</source>
        <translation>Touch the button to stop.</translation>
    </message>
    <message>
        <source>Máy thu tiếng thử</source>
        <translation>Test microphone</translation>
    </message>
    <message>
        <source>Máy đang thu tiếng</source>
        <translation>Microphone is on</translation>
    </message>
    <message>
        <source>Dừng</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Nghe lại</source>
        <translation>Listen</translation>
    </message>
    <message>
        <source>Nói</source>
        <translation>Speak</translation>
    </message>
    <message>
        <source>Chạm nút để nghe lại</source>
        <translation>Touch to listen</translation>
    </message>
    <message>
        <source>Nói được đến 3 phút</source>
        <translation>Up to 3 minutes</translation>
    </message>
    <message>
        <source>Máy đang cất lời nói</source>
        <translation>Keeping what you said</translation>
    </message>
    <message>
        <source>Nói tiếp</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>Ghi lại</source>
        <translation>Again</translation>
    </message>
    <message>
        <source>Ghi thêm</source>
        <translation>Add more</translation>
    </message>
</context>
<context>
    <name>VoiceSettings</name>
    <message>
        <source>Nhỏ</source>
        <translation>Quiet</translation>
    </message>
    <message>
        <source>Nhỏ bớt</source>
        <translation>Softer</translation>
    </message>
    <message>
        <source>Tiếng to mức %1</source>
        <translation>Volume %1</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Loud</translation>
    </message>
    <message>
        <source>To thêm</source>
        <translation>Louder</translation>
    </message>
    <message>
        <source>Bật tiếng</source>
        <translation>Sound on</translation>
    </message>
    <message>
        <source>Tắt tiếng</source>
        <translation>Sound off</translation>
    </message>
</context>
<context>
    <name>WaitStrip</name>
    <message>
        <source>Chờ một chút. Việc đã làm vẫn còn.</source>
        <translation>One moment. What you did is kept.</translation>
    </message>
    <message>
        <source>Chờ một chút.</source>
        <translation>One moment.</translation>
    </message>
</context>
<context>
    <name>WhySheet</name>
    <message>
        <source>Hiểu rồi</source>
        <translation>I see</translation>
    </message>
</context>
<context>
    <name>YearGrid</name>
    <message>
        <source>Những năm</source>
        <translation>Decades</translation>
    </message>
    <message>
        <source>Năm sinh</source>
        <translation>Year of birth</translation>
    </message>
</context>
<context>
    <name>ZoomSheet</name>
    <message>
        <source>Chạm để quay lại</source>
        <translation>Touch to go back</translation>
    </message>
    <message>
        <source>Nghe lời của ảnh to</source>
        <translation>Hear the words of the large picture</translation>
    </message>
</context>
</TS>
